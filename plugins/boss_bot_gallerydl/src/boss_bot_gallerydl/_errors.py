"""Translates the failure of a download, or of one of its files, into a typed error."""

import json
from typing import Final

import requests
from gallery_dl import exception

from boss_bot_core.plugin import (
    AuthRequiredError,
    DownloadFailedError,
    DownloadTimeoutError,
    EngineBrokenError,
    NetworkError,
    NotFoundError,
    NothingFoundError,
    UnsupportedUrlError,
    build_refusal_error,
    find_machine_error,
    find_message_error,
)
from boss_bot_gallerydl._error_tables import find_logged_error, find_login_error
from boss_bot_gallerydl._http_adapter import RefusedByProxy
from boss_bot_gallerydl._traffic import TrafficRecord

_FINAL_MESSAGES: Final = ("Requested format is not available", "is unusual and will be skipped")
"""Messages of the yt-dlp downloader about what no retry changes."""

_NO_TIMELINE: Final = "Unable to retrieve Tweets"
"""Message of X's extractor for a profile that is empty without a login."""


def to_download_error(failure: Exception | None, traffic: TrafficRecord, host: str) -> DownloadFailedError:
    """Return the typed error for a failure.

    Args:
        failure: Exception that the engine raised; None if it gave up without one.
        traffic: What the engine's requests showed since the file, or the download, began.
        host: Host of the download, for the message.
    """
    if isinstance(failure, DownloadFailedError):
        return failure
    if reason := traffic.refusal or (str(failure) if isinstance(failure, RefusedByProxy) else None):
        return build_refusal_error(reason)
    if machine_error := find_machine_error(failure) or find_logged_error(traffic.log_messages):
        return machine_error
    if traffic.connection_error is not None:
        return _from_connection_error(traffic.connection_error, host)
    return (
        _from_engine_error(failure)
        or (traffic.response.find_error() if traffic.response else None)
        or find_login_error(traffic)
        or _from_engine_message(failure, host)
        or _from_other_failure(failure, traffic, host)
    )


def _from_connection_error(cause: Exception, host: str) -> DownloadFailedError:
    if isinstance(cause, requests.exceptions.ReadTimeout):
        return DownloadTimeoutError(f"{host} stopped answering.")
    if isinstance(cause, requests.exceptions.SSLError):
        return NetworkError(f"{host} could not prove who it is (TLS).")
    return NetworkError(f"{host} could not be reached.")


def _from_engine_error(failure: Exception | None) -> DownloadFailedError | None:
    """Translate those of gallery-dl's own exceptions whose type names the reason."""
    if isinstance(failure, exception.NoExtractorError):
        return UnsupportedUrlError("gallery-dl cannot read this link.")
    if isinstance(failure, exception.AuthenticationError | exception.AuthorizationError):
        return AuthRequiredError("The site shows this only after a login.")
    if isinstance(failure, exception.ChallengeError):
        return UnsupportedUrlError("The site asks its visitors to prove that they are human.")
    is_gone = isinstance(failure, exception.NotFoundError)
    return NotFoundError("The site does not have this (any more).") if is_gone else None


def _from_engine_message(failure: Exception | None, host: str) -> DownloadFailedError | None:
    """Translate an exception that quotes the site; a failed request quotes its address."""
    if _NO_TIMELINE in str(failure):
        return AuthRequiredError(f"{host} shows this only after a login.")
    is_quote = isinstance(failure, exception.ExtractionError) and not isinstance(failure, exception.HttpError)
    return find_message_error(str(failure).strip("'"), host) if is_quote else None


def _from_other_failure(failure: Exception | None, traffic: TrafficRecord, host: str) -> DownloadFailedError:
    if failure is None:
        return _from_incomplete_file(traffic, host)
    if isinstance(failure, requests.RequestException):
        return _from_connection_error(failure, host)
    if isinstance(failure, json.JSONDecodeError | LookupError | TypeError | ValueError | AttributeError):
        return EngineBrokenError(f"{host} answered in a way that gallery-dl does not understand.")
    return EngineBrokenError(f"gallery-dl gave up on {host}.")


def _from_incomplete_file(traffic: TrafficRecord, host: str) -> DownloadFailedError:
    """Explain a file that the engine began and gave up without an exception."""
    if traffic.response and traffic.response.size_bytes == 0:
        return NothingFoundError(f"{host} sent an empty file.")
    if any(text in message for message in traffic.log_messages for text in _FINAL_MESSAGES):
        return NothingFoundError(f"{host} has no file of a kind that is fetched.")
    if any("timed out" in message for message in traffic.log_messages):
        return DownloadTimeoutError(f"{host} stopped sending.")
    return NetworkError(f"The file from {host} broke off.")
