"""The queue at one moment, as people are shown it."""

from uuid import UUID

import attrs

from boss_bot_core.domain.items import DownloadItem


@attrs.frozen(kw_only=True)
class QueueState:
    """Represents the current state of the download queue.

    Attributes:
        items: Running items, then the waiting ones in the order in which they will start.
        active_downloads: How many run.
        total_items: How many wait.
        queue_size: How many may wait.
    """

    items: tuple[DownloadItem, ...]
    active_downloads: int
    total_items: int
    queue_size: int

    @property
    def is_full(self) -> bool:
        """Whether nothing more is admitted."""
        return self.total_items >= self.queue_size


@attrs.frozen(kw_only=True)
class QueuePosition:
    """Where a waiting item stands.

    Attributes:
        item_id: The item.
        position: From 1.
        of: How many wait.
        estimated_wait_s: Seconds until its likely start, or None before anything was measured.
    """

    item_id: UUID
    position: int
    of: int
    estimated_wait_s: float | None = None
