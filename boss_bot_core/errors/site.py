"""How a site, or the way to it, ends a download."""

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.errors.base import DownloadFailedError


class NetworkError(DownloadFailedError):
    """The site could not be reached, or the connection broke."""

    code = ErrorType.NETWORK
    retryable = True
    try_next = True
    advice = "Try again in a few minutes."


class RateLimitError(DownloadFailedError):
    """The site asks us to come back later; `retry_after_s` says when, if it told."""

    code = ErrorType.RATE_LIMIT
    retryable = True
    try_next = True
    advice = "Try again later."


class DownloadTimeoutError(DownloadFailedError):
    """No progress for too long, or more time than a download may take."""

    code = ErrorType.TIMEOUT
    retryable = True
    advice = "Try again later, or ask for a smaller version."


class AuthRequiredError(DownloadFailedError):
    """The site wants a login."""

    code = ErrorType.AUTH_REQUIRED
    advice = "Ask the bot's operator to set cookies for this site; never send passwords or cookies here."


class PermissionDeniedError(DownloadFailedError):
    """The site keeps this from us: private, protected, or not for this region."""

    code = ErrorType.PERMISSION_DENIED
    advice = "Ask its author to share it another way."


class NotFoundError(DownloadFailedError):
    """The post or file is gone, or never was."""

    code = ErrorType.NOT_FOUND
    advice = "Check the link."


class NothingFoundError(DownloadFailedError):
    """The page is there, but no media that this plugin can see."""

    code = ErrorType.NOTHING_FOUND
    try_next = True
    advice = "Check that the post has a picture, video or sound."


class UnsupportedUrlError(DownloadFailedError):
    """This plugin cannot read such a link."""

    code = ErrorType.UNSUPPORTED
    try_next = True
    advice = "`$dlh sites`, or `boss-bot plugins`, lists what is supported."


class EngineBrokenError(DownloadFailedError):
    """The engine failed in a way that nobody foresaw, or its process died."""

    code = ErrorType.UNKNOWN
    retryable = True
    try_next = True
    advice = "Try again later; if it stays, tell the bot's operator the job's id."
