"""The data of a card: everything known of its download (`CardData`), and the texts it shows (`CardModel`)."""

from datetime import datetime
from enum import IntEnum
from uuid import UUID

import attrs

from boss_bot_core.bot.controls.actions import ControlAction
from boss_bot_core.bot.language import LazyText
from boss_bot_core.domain.clock import to_utc_or_none
from boss_bot_core.domain.conversion import ConversionUpdate
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.link import format_host
from boss_bot_core.domain.media import DownloadedFile, SkippedFile
from boss_bot_core.domain.progress import ProgressUpdate, QueuePosition


class CardColour(IntEnum):
    """The colour of the stripe beside a card, as 0xRRGGBB."""

    WAITING = 0x95A5A6
    RUNNING = 0x3498DB
    PAUSED = 0xF1C40F
    RETRYING = 0xE67E22
    DONE = 0x2ECC71
    FAILED = 0xE74C3C


@attrs.frozen(kw_only=True)
class CardModel:
    """The content of a card, independent of its form. All texts are escaped.

    Attributes:
        item_id: The download.
        colour: The stripe's colour.
        heading: Status, site and number of files.
        title: The post's title.
        block: The progress, as lines of a code block.
        lines: Further lines.
        footer: Id and requester.
        buttons: The actions that the card offers.
        jump_url: Link to the files in Discord.
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
    """Everything known of a download when its card is rendered.

    Attributes:
        item: The download as of its last event.
        update: Its last progress in this process.
        is_converting: Whether plugins convert its files.
        conversion: The progress of that, once a plugin reports it.
        is_reused: Whether its files come from storage, so that nothing is downloaded.
        position: Its queue position.
        starts_at: Its estimated start, UTC.
        notice: One sentence about a change of its queue position.
        files: Its files, once they are stored.
        skipped: The files of the post that are missing, and why.
        jump_url: Link to its files in Discord.
        is_interrupted: Whether the bot stops while it runs; the next start of the bot continues it.
    """

    item: DownloadItem
    update: ProgressUpdate | None = None
    is_converting: bool = False
    conversion: ConversionUpdate | None = None
    is_reused: bool = False
    position: QueuePosition | None = None
    starts_at: datetime | None = attrs.field(default=None, converter=to_utc_or_none)
    notice: LazyText | None = None
    files: tuple[DownloadedFile, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    jump_url: str | None = None
    is_interrupted: bool = False

    @property
    def host(self) -> str:
        """The link's host, as users know it."""
        return format_host(self.item.url)

    @property
    def limit_bytes(self) -> int:
        """The destination's limit for one file, bytes."""
        return self.item.max_file_size_bytes

    @property
    def hides_title(self) -> bool:
        """Whether title, author and file names must not be shown; file names reveal as much as titles."""
        return self.item.adult or self.item.options.spoiler

    @property
    def title(self) -> str | None:
        """The post's title, not escaped; None if it is unknown or must not be shown."""
        return None if self.hides_title else self.item.title

    @property
    def size_bytes(self) -> int:
        """Total size of its files, bytes."""
        return sum(file.size_bytes for file in self.files)
