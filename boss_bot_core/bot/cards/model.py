"""What a card says, before it is drawn.

All that is known of one download when its card is drawn.
"""

from datetime import datetime
from enum import IntEnum
from uuid import UUID

import attrs

from boss_bot_core.bot.controls.actions import ControlAction
from boss_bot_core.domain.clock import to_utc_or_none
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.link import format_host
from boss_bot_core.domain.media import DownloadedFile, SkippedFile
from boss_bot_core.domain.progress import ProgressUpdate, QueuePosition


class CardColour(IntEnum):
    """The stripe beside the card, as 0xRRGGBB."""

    WAITING = 0x95A5A6
    RUNNING = 0x3498DB
    PAUSED = 0xF1C40F
    RETRYING = 0xE67E22
    DONE = 0x2ECC71
    FAILED = 0xE74C3C


@attrs.frozen(kw_only=True)
class CardModel:
    """A card; all texts are harmless already.

    Attributes:
        item_id: The download.
        colour: The stripe.
        heading: State, site and count.
        title: What the post is called.
        block: Lines that are set in one width: the progress.
        lines: Further lines.
        footer: Id and requester.
        buttons: What is offered.
        jump_url: Where the files are in Discord.
    """

    item_id: UUID
    colour: CardColour
    heading: str
    title: str | None = None
    block: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    footer: str
    buttons: tuple[ControlAction, ...] = ()
    jump_url: str | None = None


@attrs.frozen(kw_only=True)
class CardData:
    """A download as its card sees it.

    Attributes:
        item: The download as last told.
        update: Its last progress in this process.
        position: Where it waits.
        starts_at: When it is likely to start, UTC.
        notice: What has changed for it in the queue, one sentence of ours.
        files: Its files, once they are kept.
        skipped: What is missing, and why.
        jump_url: Where its files are in Discord.
    """

    item: DownloadItem
    update: ProgressUpdate | None = None
    position: QueuePosition | None = None
    starts_at: datetime | None = attrs.field(default=None, converter=to_utc_or_none)
    notice: str | None = None
    files: tuple[DownloadedFile, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    jump_url: str | None = None

    @property
    def host(self) -> str:
        """The link's host, as people know it."""
        return format_host(self.item.url)

    @property
    def limit_bytes(self) -> int:
        """The place's limit for one file."""
        return self.item.max_file_size_bytes

    @property
    def hides_title(self) -> bool:
        """Whether names that a stranger gave must not stand openly in a channel; file names tell as much as titles."""
        return self.item.adult or self.item.options.spoiler

    @property
    def title(self) -> str | None:
        """What the post is called, by a stranger; None where nobody knows, or where it must not be shown."""
        return None if self.hides_title else self.item.title

    @property
    def size_bytes(self) -> int:
        """Bytes of its files."""
        return sum(file.size_bytes for file in self.files)
