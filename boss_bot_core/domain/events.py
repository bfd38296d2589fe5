"""What happened to a download, in the past tense; cards, progress bars and metrics listen to these."""

from uuid import UUID

import attrs

from boss_bot_core.domain.errors import DownloadError
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile, MediaInfo, SkippedFile
from boss_bot_core.domain.progress import ProgressUpdate


@attrs.frozen(kw_only=True)
class JobEvent:
    """Something happened to an item.

    Attributes:
        item: The item after it happened.
    """

    item: DownloadItem

    @property
    def item_id(self) -> UUID:
        """The item's id."""
        return self.item.id


@attrs.frozen(kw_only=True)
class JobQueued(JobEvent):
    """It was admitted to the queue."""


@attrs.frozen(kw_only=True)
class JobStatusChanged(JobEvent):
    """It went from one status to another (the terminal ones have events of their own, sent after this one)."""


@attrs.frozen(kw_only=True)
class JobProgressed(JobEvent):
    """Bytes arrived."""

    update: ProgressUpdate


@attrs.frozen(kw_only=True)
class JobDescribed(JobEvent):
    """The platform told what it is."""

    media: MediaInfo


@attrs.frozen(kw_only=True)
class JobRetryScheduled(JobEvent):
    """An attempt failed; another follows at `item.not_before`."""

    error: DownloadError


@attrs.frozen(kw_only=True)
class JobCompleted(JobEvent):
    """Its files are stored and delivered.

    Attributes:
        files: What was delivered, in source order.
        skipped: What is missing or was left out, and why.
        references: Where the files are, each once and in order: absolute paths, or ids of messages in its channel.
    """

    files: tuple[DownloadedFile, ...]
    skipped: tuple[SkippedFile, ...] = ()
    references: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class JobFailed(JobEvent):
    """It ended without its files."""

    error: DownloadError


@attrs.frozen(kw_only=True)
class JobCancelled(JobEvent):
    """Somebody cancelled it."""
