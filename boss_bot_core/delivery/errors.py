"""How a delivery ends a download. The files stay where they are, and a retry delivers them without a download.

Apart from the error tree because only the place where files go knows these; each is a kind of one of the tree's errors.
"""

from boss_bot_core.errors import DownloadTimeoutError, FileTooLargeError, NotFoundError, PermissionDeniedError


class DestinationGoneError(NotFoundError):
    """The channel does not exist any more."""

    advice = "Ask again in another channel."


class DeliveryForbiddenError(PermissionDeniedError):
    """The bot may not deliver there: a permission, a closed thread, or somebody who takes no direct messages."""

    advice = "Change that, then press Retry: nothing is downloaded again."


class DeliveryRefusedError(PermissionDeniedError):
    """Discord does not take this message."""

    advice = "The files are kept for a while: the bot's operator can look at the job's log."


class AdultMediaError(PermissionDeniedError):
    """Adult media outside an age-restricted channel."""

    advice = "Use an age-restricted channel."


class DestinationUnreachableError(DownloadTimeoutError):
    """Discord did not answer for longer than a delivery waits."""

    advice = "Retry delivers it without another download."


class TooLargeToDeliverError(FileTooLargeError):
    """Not one file is small enough for the place.

    Args:
        message: As for every error.
        limit_bytes: Largest file that the place takes; None where a refusal told nothing of it.
    """

    advice = "Ask for a smaller version, or again when more is allowed there."

    def __init__(self, message: str, *, limit_bytes: int | None = None) -> None:
        super().__init__(message)
        self.limit_bytes = limit_bytes
