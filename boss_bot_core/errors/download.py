"""The errors with which a download can end: those of the site first, then those of the bot's own rules and limits."""

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.errors.base import DownloadFailedError


class NetworkError(
    DownloadFailedError, code=ErrorType.NETWORK, retryable=True, try_next=True, advice="Try again in a few minutes."
):
    """The site could not be reached, or the connection broke."""


class RateLimitError(DownloadFailedError, code=ErrorType.RATE_LIMIT, retryable=True, advice="Try again later."):
    """The site asks the bot to come back later; `retry_after_s` says when, if the site told."""


class DownloadTimeoutError(
    DownloadFailedError, code=ErrorType.TIMEOUT, retryable=True, advice="Try again later, or ask for a smaller version."
):
    """The download made no progress for too long, or took more time than a download may take."""


class AuthRequiredError(
    DownloadFailedError,
    code=ErrorType.AUTH_REQUIRED,
    advice="Ask the bot's operator to set cookies for this site; never send passwords or cookies here.",
):
    """The site requires a login."""

    renewal_advice = "Ask the bot's operator to renew the cookies for this site; never send passwords or cookies here."


class PermissionDeniedError(
    DownloadFailedError, code=ErrorType.PERMISSION_DENIED, advice="Ask its author to share it another way."
):
    """The site denies access: the post is private, protected, or not available in this region."""


class NotFoundError(DownloadFailedError, code=ErrorType.NOT_FOUND, advice="Check the link."):
    """The post or file is gone, or never existed."""


class NothingFoundError(
    DownloadFailedError,
    code=ErrorType.NOTHING_FOUND,
    try_next=True,
    advice="Check that the post has a picture, video or sound.",
):
    """The page exists, but this plugin finds no media on it."""


class UnsupportedUrlError(
    DownloadFailedError,
    code=ErrorType.UNSUPPORTED,
    try_next=True,
    advice="`$dlh sites`, or `boss-bot plugins`, lists what is supported.",
):
    """This plugin cannot read such a link."""


class FfmpegMissingError(
    DownloadFailedError,
    code=ErrorType.UNSUPPORTED,
    try_next=True,
    advice="Ask the bot's operator to install ffmpeg.",
):
    """The media cannot be had without ffmpeg, and the bot's host has none."""


class EngineBrokenError(
    DownloadFailedError,
    code=ErrorType.UNKNOWN,
    retryable=True,
    try_next=True,
    advice="Try again later; if it stays, tell the bot's operator the job's id.",
):
    """The download engine failed in an unexpected way, or its process died."""


class InvalidUrlError(
    DownloadFailedError, code=ErrorType.INVALID_URL, advice="Give a full link, such as https://example.com/video."
):
    """The text is not a link that may be fetched."""


class BlockedError(DownloadFailedError, code=ErrorType.BLOCKED, advice="Only public addresses can be fetched."):
    """The link, or an address behind it, points into a network that the bot must not reach."""


class FileTooLargeError(DownloadFailedError, code=ErrorType.FILE_TOO_LARGE, advice="Ask for a smaller version."):
    """The file has more bytes than the destination, or the bot, allows."""


class FileRejectedError(
    DownloadFailedError, code=ErrorType.REJECTED, advice="Nothing was delivered; check the source."
):
    """The file is not what it claims to be, is damaged, or is dangerous."""


class SuspiciousFileError(FileRejectedError):
    """The file is known to be dangerous, or the operator forbids it; the operator is alerted."""


class QuotaExceededError(
    DownloadFailedError,
    code=ErrorType.QUOTA_EXCEEDED,
    advice="Try again tomorrow, or ask the bot's operator for more.",
):
    """The server has used up its daily quota."""


class QueueFullError(DownloadFailedError, code=ErrorType.QUEUE_FULL, advice="Try again in a few minutes."):
    """The queue holds as many waiting downloads as it may."""


class DownloadCancelledError(DownloadFailedError, code=ErrorType.CANCELLED, advice=""):
    """A user cancelled the download."""
