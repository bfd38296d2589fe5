"""The contract of deliverers, such as to a local folder or a Discord channel, and the errors of a delivery.

After a failed delivery the stored files stay, and a retry delivers them without a new download. The errors are separate
from the main error tree because only deliverers raise them; each is a subclass of an error of that tree.
"""

from typing import Protocol

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile, MediaInfo, SkippedFile
from boss_bot_core.errors import DownloadTimeoutError, FileTooLargeError, NotFoundError, PermissionDeniedError


@attrs.frozen(kw_only=True)
class Delivery:
    """The files to deliver for one download.

    Attributes:
        item: The download, with its destination.
        files: The verified and stored files, in source order.
        media: The platform's description of the post.
        skipped: The files of the post that are missing, with the reasons.
    """

    item: DownloadItem
    files: tuple[DownloadedFile, ...]
    media: MediaInfo
    skipped: tuple[SkippedFile, ...] = ()


@attrs.frozen(kw_only=True)
class Receipt:
    """The delivery receipt of one file.

    Attributes:
        position: The file's position in source order, from 0.
        reference: The place of the file: an absolute path, or the id of a message.
        left_out: One sentence on why the file was not delivered and stays on the bot's machine; None if delivered.
    """

    position: int
    reference: str
    left_out: str | None = None


class Deliverer(Protocol):
    """Delivers files to one kind of destination.

    Obligations: a repeated delivery after a crash returns the same receipts and delivers no file twice. A deliverer
    deletes no file. A failure is a `DownloadFailedError` and leaves the files in storage.
    """

    async def deliver(self, delivery: Delivery) -> tuple[Receipt, ...]:
        """Deliver every file that the destination accepts, at least one, and return a receipt for each file.

        Raises:
            DownloadFailedError: No file was delivered, or not all files that the destination accepts.
        """
        ...


class DestinationGoneError(NotFoundError):
    """The channel no longer exists."""

    advice = "Ask again in another channel."


class DeliveryForbiddenError(PermissionDeniedError):
    """The bot may not send there: a permission is missing, a thread is closed, or a user accepts no direct messages."""

    advice = "Change that, then press Retry: nothing is downloaded again."


class DeliveryRefusedError(PermissionDeniedError):
    """Discord rejected the message."""

    advice = "The files are kept for a while: the bot's operator can look at the job's log."


class AdultMediaError(PermissionDeniedError):
    """The media are marked as adult and the channel is not age-restricted."""

    advice = "Use an age-restricted channel."


class DestinationUnreachableError(DownloadTimeoutError):
    """Discord did not answer within the time limit of a delivery."""

    advice = "Retry delivers it without another download."


class TooLargeToDeliverError(FileTooLargeError):
    """No file is small enough for the destination.

    Args:
        message: The message for users.
        limit_bytes: Largest file that the destination accepts; None when its refusal did not reveal the limit.
    """

    advice = "Ask for a smaller version, or again when more is allowed there."

    def __init__(self, message: str, *, limit_bytes: int | None = None) -> None:
        super().__init__(message)
        self.limit_bytes = limit_bytes
