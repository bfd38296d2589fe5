"""Events of a download, named in the past tense; cards, progress bars and metrics subscribe to them."""

from uuid import UUID

import attrs

from boss_bot_core.domain.conversion import ConversionUpdate
from boss_bot_core.domain.errors import DownloadError
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile, MediaInfo, SkippedFile
from boss_bot_core.domain.progress import ProgressUpdate


@attrs.frozen(kw_only=True)
class JobEvent:
    """Base of all events of an item.

    Attributes:
        item: The item after the event.
    """

    item: DownloadItem

    @property
    def item_id(self) -> UUID:
        """The item's id."""
        return self.item.id


@attrs.frozen(kw_only=True)
class JobQueued(JobEvent):
    """The item was admitted to the queue."""


@attrs.frozen(kw_only=True)
class JobStatusChanged(JobEvent):
    """The item's status changed. A final status also has an event of its own, sent after this one."""


@attrs.frozen(kw_only=True)
class JobProgressed(JobEvent):
    """The item received bytes."""

    update: ProgressUpdate


@attrs.frozen(kw_only=True)
class JobDescribed(JobEvent):
    """The platform described the media of the item."""

    media: MediaInfo


@attrs.frozen(kw_only=True)
class JobReused(JobEvent):
    """The item's files come from storage: an earlier download fetched the same media."""


@attrs.frozen(kw_only=True)
class JobConversionStarted(JobEvent):
    """Plugins convert the files of the item, until its status changes."""


@attrs.frozen(kw_only=True)
class JobConversionProgressed(JobEvent):
    """A plugin reported how far the conversion is."""

    update: ConversionUpdate


@attrs.frozen(kw_only=True)
class SuspiciousFileFound(JobEvent):
    """A file of the item was refused as dangerous or forbidden.

    Attributes:
        reason: One sentence.
    """

    reason: str


@attrs.frozen(kw_only=True)
class JobRetryScheduled(JobEvent):
    """An attempt failed; the next one may start at `item.not_before`."""

    error: DownloadError


@attrs.frozen(kw_only=True)
class JobCompleted(JobEvent):
    """The item's files are stored and delivered.

    Attributes:
        files: The delivered files, in source order.
        skipped: The files that were not delivered, with the reasons.
        references: Where the files are, each place once and in order: absolute paths, or message ids in the channel.
    """

    files: tuple[DownloadedFile, ...]
    skipped: tuple[SkippedFile, ...] = ()
    references: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class JobFailed(JobEvent):
    """The item ended without its files."""

    error: DownloadError


@attrs.frozen(kw_only=True)
class JobCancelled(JobEvent):
    """A user cancelled the item."""
