"""The reads of the queue: its state, positions, finished items, and the search for an item by a typed id."""

from collections.abc import Callable
from uuid import UUID

from boss_bot_core.concurrency import shielded
from boss_bot_core.database import Database, ReadUnit
from boss_bot_core.domain.clock import UtcClock
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.progress import QueuePosition, QueueState
from boss_bot_core.domain.status import FINISHED, RUNNING, DownloadStatus
from boss_bot_core.queue.errors import AmbiguousIdError, UnknownItemError
from boss_bot_core.queue.forecast import ExpectedStart, forecast_starts
from boss_bot_core.queue.limits import QueueLimits
from boss_bot_core.queue.positions import PositionCache, PositionsById, to_positions
from boss_bot_core.queue.start_verdict import RoomJudge

_DURATION_SAMPLES = 20
"""The number of recent downloads whose durations make an estimate."""
_MAX_CANDIDATES = 5
_ID_DIGITS = 32


async def list_waiting_and_running(tx: ReadUnit) -> tuple[list[DownloadItem], list[DownloadItem]]:
    """Return the waiting and the running items, each oldest first, from one query."""
    items = await tx.items.list_by_status(RUNNING | {DownloadStatus.QUEUED})
    return [item for item in items if not item.is_running], [item for item in items if item.is_running]


class QueueReader:
    """Reads the queue, without changing it."""

    def __init__(
        self, database: Database, limits: Callable[[], QueueLimits], clock: UtcClock, judge_room: RoomJudge | None
    ) -> None:
        self._database = database
        self._limits = limits
        self._judge_room = judge_room
        self._clock = clock
        self._positions = PositionCache(self._compute_positions, clock)

    def invalidate(self) -> None:
        """Discard the cached positions, because the queue has changed."""
        self._positions.invalidate()

    async def state(self, page: int = 1, page_size: int | None = 10) -> QueueState:
        """Return a page of the running items, the waiting items in starting order, and the paused items, in this order.

        Pages count from 1; a `page_size` of None returns all items.
        """
        limits = self._limits()
        async with self._database.connect() as tx:
            running, starts = await self._forecast(tx, limits)
            paused = await tx.items.list_by_status({DownloadStatus.PAUSED})
        everything = [*running, *(start.item for start in starts), *paused]
        first = 0 if page_size is None else (max(1, page) - 1) * page_size
        return QueueState(
            items=tuple(everything[first:][:page_size]),
            active_downloads=len(running),
            total_items=len(starts) + len(paused),
            queue_size=limits.max_waiting,
        )

    async def position(self, item_id: UUID) -> QueuePosition | None:
        """Return the queue position of a waiting item, or None when the item does not wait."""
        return (await self._positions.get()).get(item_id)

    async def list_unfinished(self, user_id: int) -> list[DownloadItem]:
        """Return the user's unfinished items, newest first: one query, without the forecast."""
        async with self._database.connect() as tx:
            return (await tx.items.list_by_status(set(DownloadStatus) - FINISHED, user_id=user_id))[::-1]

    async def list_finished(
        self, *, user_id: int | None = None, guild_id: int | None = None, limit: int = 10
    ) -> list[DownloadItem]:
        """Return at most `limit` finished items, latest first, of one user, one guild, or all."""
        async with self._database.connect() as tx:
            return await tx.items.list_finished(FINISHED, user_id=user_id, guild_id=guild_id, limit=limit)

    @shielded
    async def list_flagged(self) -> list[DownloadItem]:
        """Return the running items with a request to cancel or pause."""
        async with self._database.connect() as tx:
            return await tx.items.list_with_requests()

    async def get(self, item_id: UUID) -> DownloadItem:
        """Return the item; raises UnknownItemError if no item has this id."""
        async with self._database.connect() as tx:
            item = await tx.items.get(item_id)
        if item is None:
            raise UnknownItemError(item_id.hex)
        return item

    async def find(self, typed: str) -> DownloadItem:
        """Return the item whose id starts with `typed`, like `#a1b2c3`; raises UnknownItemError, AmbiguousIdError."""
        written = typed.strip().removeprefix("#")
        prefix = written.replace("-", "").lower()
        if not 0 < len(prefix) <= _ID_DIGITS or not set(prefix) <= set("0123456789abcdef"):
            raise UnknownItemError(written[:_ID_DIGITS])
        async with self._database.connect() as tx:
            found = await tx.items.find_by_prefix(prefix, limit=_MAX_CANDIDATES)
        if not found:
            raise UnknownItemError(prefix)
        if len(found) > 1:
            raise AmbiguousIdError(prefix, tuple(found))
        return found[0]

    async def _compute_positions(self) -> PositionsById:
        async with self._database.connect() as tx:
            _, starts = await self._forecast(tx, self._limits())
        return to_positions(starts)

    async def _forecast(self, tx: ReadUnit, limits: QueueLimits) -> tuple[list[DownloadItem], list[ExpectedStart]]:
        waiting, running = await list_waiting_and_running(tx)
        durations = await tx.items.list_recent_durations(limit=_DURATION_SAMPLES)
        return running, forecast_starts(waiting, running, durations, limits, self._clock(), self._judge_room)
