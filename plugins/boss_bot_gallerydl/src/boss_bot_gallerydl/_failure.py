"""What ended a download, or one of its files, as one of the typed errors."""

import errno
import json
from typing import Final

import requests
from gallery_dl import exception

from boss_bot_core.plugin import (
    AuthRequiredError,
    BlockedError,
    DiskFullError,
    DownloadFailedError,
    DownloadTimeoutError,
    EngineBrokenError,
    FileTooLargeError,
    NetworkError,
    NotFoundError,
    NothingFoundError,
    UnsupportedUrlError,
)
from boss_bot_gallerydl import _statuses
from boss_bot_gallerydl._wire import RefusedByProxy
from boss_bot_gallerydl.evidence import Evidence

_BYTE_CAP: Final = "byte-cap"
_DISK_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def translate(failure: Exception | None, evidence: Evidence, host: str) -> DownloadFailedError:
    """Return the typed error.

    Args:
        failure: What the engine raised; None when it only gave up.
        evidence: What was seen on the wire since the file, or the download, began.
        host: Whose download it is, for the sentence.
    """
    if isinstance(failure, DownloadFailedError):
        return failure
    if reason := evidence.refused or (str(failure) if isinstance(failure, RefusedByProxy) else None):
        return _refusal(reason)
    if isinstance(failure, OSError) and failure.errno in _DISK_FULL:
        return DiskFullError("The disk is full.")
    if evidence.broken is not None:
        return _broken(evidence.broken, host)
    return _spoken(failure) or _answered(evidence) or _unforeseen(failure, evidence, host)


def _refusal(reason: str) -> DownloadFailedError:
    if reason == _BYTE_CAP:
        return FileTooLargeError("There is more to fetch than one download may.")
    return BlockedError(f"The link leads into a network that is off limits ({reason}).")


def _broken(cause: Exception, host: str) -> DownloadFailedError:
    if isinstance(cause, requests.exceptions.ReadTimeout):
        return DownloadTimeoutError(f"{host} stopped answering.")
    if isinstance(cause, requests.exceptions.SSLError):
        return NetworkError(f"{host} could not prove who it is (TLS).")
    return NetworkError(f"{host} could not be reached.")


def _spoken(failure: Exception | None) -> DownloadFailedError | None:
    """Translate what gallery-dl says in so many words."""
    if isinstance(failure, exception.NoExtractorError):
        return UnsupportedUrlError("gallery-dl cannot read this link.")
    if isinstance(failure, exception.AuthenticationError | exception.AuthorizationError):
        return AuthRequiredError("The site shows this only after a login.")
    if isinstance(failure, exception.NotFoundError):
        return NotFoundError("The site does not have this (any more).")
    if isinstance(failure, exception.ChallengeError):
        return UnsupportedUrlError("The site asks its visitors to prove that they are human.")
    return None


def _answered(evidence: Evidence) -> DownloadFailedError | None:
    return _statuses.error_for(evidence.answer) if evidence.answer else None


def _unforeseen(failure: Exception | None, evidence: Evidence, host: str) -> DownloadFailedError:
    if failure is None:
        return _unfinished(evidence, host)
    if isinstance(failure, requests.RequestException):
        return _broken(failure, host)
    if isinstance(failure, json.JSONDecodeError | LookupError | TypeError | ValueError | AttributeError):
        return EngineBrokenError(f"{host} answered in a way that gallery-dl does not understand.")
    return EngineBrokenError(f"gallery-dl gave up on {host}.")


def _unfinished(evidence: Evidence, host: str) -> DownloadFailedError:
    """Translate a file that the engine began and gave up without raising."""
    if evidence.answer and evidence.answer.headers.get("Content-Type", "").startswith("text/html"):
        return NotFoundError(f"{host} sent a page in place of the file.")
    if evidence.answer and evidence.answer.size_bytes == 0:
        return NothingFoundError(f"{host} sent an empty file.")
    if any("timed out" in note for note in evidence.notes):
        return DownloadTimeoutError(f"{host} stopped sending.")
    return NetworkError(f"The file from {host} broke off.")
