"""The contract of whoever delivers: a local folder on the command line, a channel in Discord."""

from typing import Protocol

import attrs

from boss_bot_core.domain.files import DownloadedFile, SkippedFile
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import MediaInfo


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
