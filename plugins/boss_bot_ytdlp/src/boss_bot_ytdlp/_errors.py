"""Translates every exception of yt-dlp into a typed error.

The order matters: the bot's own rules first, then errors of the machine and of ffmpeg, then known messages of the site,
then its status and the connection, then any other message. Every other exception is a broken engine.
"""

import errno
import os
from typing import Final, TypeGuard

from yt_dlp.networking.exceptions import CertificateVerifyError, HTTPError, TransportError
from yt_dlp.utils import (
    ContentTooShortError,
    ExtractorError,
    GeoRestrictedError,
    PostProcessingError,
    UnsupportedError,
    UserNotLive,
)

from boss_bot_core.plugin import (
    DownloadFailedError,
    EngineBrokenError,
    NetworkError,
    NothingFoundError,
    PermissionDeniedError,
    UnsupportedUrlError,
    find_machine_error,
)
from boss_bot_ytdlp import _site_messages
from boss_bot_ytdlp._http_errors import build_status_error, find_proxy_refusal, is_proxy_failure, iterate_causes

_GAVE_UP: Final = "Giving up after"
_FFMPEG_ERRNOS: Final = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EMFILE, errno.EIO)
_OWN_LINK: Final = "Pictures are not looked for on a page; give the picture's own link."
_NO_SOUND: Final = "unable to obtain file audio codec"
_NO_FORMATS: Final = "No video formats found"
_REQUEST_FAILED: Final = ("Unable to download", "Unable to fetch", "unable to download video data", "HTTP Error")


def to_download_error(
    error: BaseException, host: str, request_error: BaseException | None = None
) -> DownloadFailedError:
    """Return the typed error for an exception.

    Args:
        error: The exception that yt-dlp raised.
        host: Host of the site, for the message.
        request_error: Exception of the latest HTTP request, if it failed: after its last retry yt-dlp keeps only the
            text of the exception.
    """
    causes = list(iterate_causes(error))
    gave_up = _GAVE_UP in str(error)
    if gave_up and request_error is not None:
        causes += iterate_causes(request_error)
    typed = next((cause for cause in causes if isinstance(cause, DownloadFailedError)), None)
    return (
        typed
        or find_proxy_refusal(causes)
        or _from_local_error(causes)
        or _from_known_message(causes, host)
        or _from_connection_error(causes, host, gave_up=gave_up)
        or _from_unknown_message(causes, host)
        or EngineBrokenError(f"yt-dlp stumbled over what {host} sent.")
    )


def _from_local_error(causes: list[BaseException]) -> DownloadFailedError | None:
    for cause in causes:
        text = str(cause) if isinstance(cause, PostProcessingError) else ""
        # ffmpeg tells only the text of the operating system's error.
        number = next((each for each in _FFMPEG_ERRNOS if os.strerror(each) in text), None)
        if found := find_machine_error(cause if number is None else OSError(number, text)):
            return found
        if _NO_SOUND in text:
            return NothingFoundError("There is no sound in that.")
    return None


def _from_known_message(causes: list[BaseException], host: str) -> DownloadFailedError | None:
    for cause in causes:
        if isinstance(cause, UnsupportedError):
            return NothingFoundError(f"There is no video or sound on that page of {host}.", advice=_OWN_LINK)
        if isinstance(cause, GeoRestrictedError):
            return PermissionDeniedError(f"{host} does not show that in the bot's region.")
        if isinstance(cause, UserNotLive):
            return UnsupportedUrlError("That is a live stream; it can be fetched once it has ended.")
        if _is_site_message(cause) and (error := _site_messages.find_message_error(cause.orig_msg, host)):
            return error
    return None


def _is_site_message(cause: BaseException) -> TypeGuard[ExtractorError]:
    """Return whether `cause` quotes the site, rather than describes a failed request or a bug of yt-dlp."""
    if not isinstance(cause, ExtractorError) or cause.orig_msg.startswith(_REQUEST_FAILED):
        return False
    return bool(cause.expected) or cause.orig_msg.startswith(_NO_FORMATS)


def _from_unknown_message(causes: list[BaseException], host: str) -> DownloadFailedError | None:
    # The site sent a page and a message that is not in the table: the page has no media.
    message = next((cause.orig_msg for cause in causes if _is_site_message(cause)), None)
    return None if message is None else NothingFoundError(_site_messages.quote_message(message, host))


def _from_connection_error(causes: list[BaseException], host: str, *, gave_up: bool) -> DownloadFailedError | None:
    for cause in causes:
        if is_proxy_failure(cause):
            return NetworkError(f"I couldn't reach {host}.")
        if isinstance(cause, HTTPError):
            return build_status_error(cause)
    for cause in causes:
        if isinstance(cause, CertificateVerifyError):
            return NetworkError(f"The certificate of {host} is not one that I trust.")
        if isinstance(cause, (TransportError, ContentTooShortError, TimeoutError, ConnectionError)):
            return NetworkError(f"The connection to {host} broke or was too slow.")
    return NetworkError(f"The connection to {host} broke several times.") if gave_up else None
