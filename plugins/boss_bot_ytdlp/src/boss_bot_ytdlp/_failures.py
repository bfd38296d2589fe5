"""Whatever yt-dlp raised, as one of our errors.

The order matters: our own rules first, then what the machine says, then the words of the site that are known to mean
something, then its status and the wire, then any other words; what remains is a broken engine.
"""

import errno
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
    DiskFullError,
    DownloadFailedError,
    EngineBrokenError,
    FileTooLargeError,
    NetworkError,
    NothingFoundError,
    PermissionDeniedError,
    UnsupportedUrlError,
)
from boss_bot_ytdlp import _site_words, _statuses
from boss_bot_ytdlp._causes import causes_of
from boss_bot_ytdlp._refusals import is_unreachable, verdict_behind

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_GAVE_UP: Final = "Giving up after"
_NO_FORMATS: Final = "No video formats found"
_ON_THE_WIRE: Final = ("Unable to download", "Unable to fetch", "unable to download video data", "HTTP Error")


def failure_of(error: BaseException, host: str, wire_error: BaseException | None = None) -> DownloadFailedError:
    """Return our error for what yt-dlp raised.

    Args:
        error: The exception.
        host: What a person calls the site.
        wire_error: Why the latest HTTP request failed: yt-dlp keeps only the text of an error that it retried in vain.
    """
    causes = list(causes_of(error))
    gave_up = _GAVE_UP in str(error)
    if gave_up and wire_error is not None:
        causes += causes_of(wire_error)
    ours = next((cause for cause in causes if isinstance(cause, DownloadFailedError)), None)
    return (
        ours
        or verdict_behind(causes)
        or _from_machine(causes)
        or _from_site(causes, host)
        or _from_wire(causes, host, gave_up=gave_up)
        or _from_words(causes, host)
        or EngineBrokenError(f"yt-dlp stumbled over what {host} sent.")
    )


def _from_machine(causes: list[BaseException]) -> DownloadFailedError | None:
    for cause in causes:
        number = cause.errno if isinstance(cause, OSError) else None
        text = str(cause) if isinstance(cause, PostProcessingError) else ""
        if number in _FULL or "No space left" in text:
            return DiskFullError("The bot's machine has no room left for the download.")
        if number == errno.EFBIG or "File too large" in text:
            return FileTooLargeError("The download grew larger than a file may be, and was cut.")
    return None


def _from_site(causes: list[BaseException], host: str) -> DownloadFailedError | None:
    for cause in causes:
        if isinstance(cause, UnsupportedError):
            return NothingFoundError(f"There is no video, sound or picture on that page of {host}.")
        if isinstance(cause, GeoRestrictedError):
            return PermissionDeniedError(f"{host} does not show that in the bot's region.")
        if isinstance(cause, UserNotLive):
            return UnsupportedUrlError("That is a live stream; it can be fetched once it has ended.")
        if _speaks(cause) and (error := _site_words.meaning_of(cause.orig_msg, host)):
            return error
    return None


def _speaks(cause: BaseException) -> TypeGuard[ExtractorError]:
    """Tell whether `cause` carries a site's words, rather than yt-dlp's own about a failed request or a bug."""
    if not isinstance(cause, ExtractorError) or cause.orig_msg.startswith(_ON_THE_WIRE):
        return False
    return bool(cause.expected) or cause.orig_msg.startswith(_NO_FORMATS)


def _from_words(causes: list[BaseException], host: str) -> DownloadFailedError | None:
    # Words that nobody foresaw: the page is there, and whatever it says is no media.
    words = next((cause.orig_msg for cause in causes if _speaks(cause)), None)
    return None if words is None else NothingFoundError(_site_words.quoted(words, host))


def _from_wire(causes: list[BaseException], host: str, *, gave_up: bool) -> DownloadFailedError | None:
    for cause in causes:
        if is_unreachable(cause):
            return NetworkError(f"I couldn't reach {host}.")
        if isinstance(cause, HTTPError):
            return _statuses.error_for(cause, host)
    for cause in causes:
        if isinstance(cause, CertificateVerifyError):
            return NetworkError(f"The certificate of {host} is not one that I trust.")
        if isinstance(cause, (TransportError, ContentTooShortError, TimeoutError, ConnectionError)):
            return NetworkError(f"The connection to {host} broke or was too slow.")
    return NetworkError(f"The connection to {host} broke several times.") if gave_up else None
