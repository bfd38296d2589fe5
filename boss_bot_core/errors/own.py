"""How our own rules and limits end a download."""

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.errors.base import DownloadFailedError


class InvalidUrlError(DownloadFailedError):
    """The text is not a link that may be fetched."""

    code = ErrorType.INVALID_URL
    advice = "Give a full link, such as https://example.com/video."


class BlockedError(DownloadFailedError):
    """The link, or something behind it, points into a network that the bot must not touch."""

    code = ErrorType.BLOCKED
    advice = "Only public addresses can be fetched."


class FileTooLargeError(DownloadFailedError):
    """More bytes than the destination, or the bot, allows."""

    code = ErrorType.FILE_TOO_LARGE
    advice = "Ask for a smaller version."


class FileRejectedError(DownloadFailedError):
    """The file is not what it claims to be, is damaged, or is dangerous."""

    code = ErrorType.REJECTED
    advice = "Nothing was delivered; check the source."


class DiskFullError(DownloadFailedError):
    """The bot's machine has no room left."""

    code = ErrorType.DISK_FULL
    retryable = True
    advice = "Try again later; the bot's operator has been told in the log."


class QuotaExceededError(DownloadFailedError):
    """The server has used up its share of today."""

    code = ErrorType.QUOTA_EXCEEDED
    advice = "Try again tomorrow, or ask the bot's operator for more."


class QueueFullError(DownloadFailedError):
    """As many downloads wait as may wait."""

    code = ErrorType.QUEUE_FULL
    advice = "Try again in a few minutes."


class DownloadCancelledError(DownloadFailedError):
    """Somebody cancelled it."""

    code = ErrorType.CANCELLED
    advice = ""
