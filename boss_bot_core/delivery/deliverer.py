"""The contract of whoever delivers: a local folder on the command line, a channel in Discord.

How a delivery ends a download. The files stay where they are, and a retry delivers them without a download.
Apart from the error tree because only the place where files go knows these; each is a kind of one of the tree's errors.
"""

from typing import Protocol

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile, MediaInfo, SkippedFile
from boss_bot_core.errors import DownloadTimeoutError, FileTooLargeError, NotFoundError, PermissionDeniedError


@attrs.frozen(kw_only=True)
class Delivery:
    """Files to deliver.

    Attributes:
        item: Whose they are; its destination says where to.
        files: In source order, verified, in organised storage.
        media: What the post is.
        skipped: What is missing, and why.
    """

    item: DownloadItem
    files: tuple[DownloadedFile, ...]
    media: MediaInfo
    skipped: tuple[SkippedFile, ...] = ()


@attrs.frozen(kw_only=True)
class Receipt:
    """What became of one file.

    Attributes:
        position: The file's place in source order, from 0.
        reference: Where it is: an absolute path, or a message's id.
        left_out: Why it was not delivered and stays on the bot's machine, one sentence; None where it was.
    """

    position: int
    reference: str
    left_out: str | None = None


class Deliverer(Protocol):
    """Brings files to one kind of destination.

    Obligations: delivering the same item again after a crash yields the same receipts and nothing twice; nothing is
    deleted; a failure is a `DownloadFailedError` and leaves the files where they are.
    """

    async def deliver(self, delivery: Delivery) -> tuple[Receipt, ...]:
        """Deliver every file that the destination takes, at least one, and return a receipt for each file.

        Raises:
            DownloadFailedError: Nothing could be delivered, or not all of what the destination takes.
        """
        ...


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
