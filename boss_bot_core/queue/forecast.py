"""Forecasts the order and the start times of waiting downloads, and caches the resulting positions.

The forecast simulates the policy, so a position never contradicts what the dispatcher does later. One change of the
queue moves every waiting card: computing the forecast for each of 40 cards would take a fifth of a second.
"""

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

import attrs

from boss_bot_core.domain.clock import UtcClock
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.queue.limits import QueueLimits
from boss_bot_core.queue.policy import choose_next

DEFAULT_DURATION = timedelta(minutes=1)
"""The assumed duration of a download before any was measured; it gives an order, but no estimate for users."""

MAX_AGE = timedelta(seconds=1)
"""The time for which positions are valid without a change: another process may change the queue, and waits expire."""

PositionsById = Mapping[UUID, QueuePosition]


@attrs.frozen
class ExpectedStart:
    """The expected start of a waiting download.

    Attributes:
        item: The download.
        wait_s: Seconds until the start, or None before any duration was measured.
    """

    item: DownloadItem
    wait_s: float | None


def forecast_starts(
    waiting: Collection[DownloadItem],
    running: Collection[DownloadItem],
    durations: Sequence[timedelta],
    limits: QueueLimits,
    now: datetime,
) -> list[ExpectedStart]:
    """Return the expected starts of the waiting downloads, in starting order.

    Every download is expected to take the median of the recent durations. A download that has run for longer is
    expected to end at once.
    """
    duration = _estimate_duration(durations)
    left, clock, starts = list(waiting), now, list[ExpectedStart]()
    busy = [(max(now, (item.started_at or item.created_at) + duration), item.id, item) for item in running]
    heapq.heapify(busy)
    while left:
        chosen = choose_next(left, [item for *_, item in busy], limits, clock)
        if chosen is not None:
            left.remove(chosen)
            heapq.heappush(busy, (clock + duration, chosen.id, chosen))
            starts.append(ExpectedStart(chosen, (clock - now).total_seconds() if durations else None))
            continue
        due = min((item.not_before for item in left if item.not_before and item.not_before > clock), default=None)
        # One download ends at a time: each end frees a slot before the next download ends.
        clock = heapq.heappop(busy)[0] if due is None or (busy and busy[0][0] <= due) else due
    return starts


def _estimate_duration(durations: Sequence[timedelta]) -> timedelta:
    if not durations:
        return DEFAULT_DURATION
    return timedelta(seconds=median(each.total_seconds() for each in durations))


def to_positions(starts: Sequence[ExpectedStart]) -> PositionsById:
    """Return the position of each waiting item from the expected starts."""
    return {
        start.item.id: QueuePosition(
            item_id=start.item.id, position=position, waiting_count=len(starts), estimated_wait_s=start.wait_s
        )
        for position, start in enumerate(starts, start=1)
    }


class PositionCache:
    """Caches the positions until the queue changes.

    Args:
        compute: Reads the queue and returns the positions.
        clock: Returns the current time.
    """

    def __init__(self, compute: Callable[[], Awaitable[PositionsById]], clock: UtcClock) -> None:
        self._compute = compute
        self._clock = clock
        self._lock = asyncio.Lock()
        self._changes = 0
        self._cached: tuple[int, datetime, PositionsById] | None = None

    def invalidate(self) -> None:
        """Discard the cached positions, because the queue has changed."""
        self._changes += 1

    async def get(self) -> PositionsById:
        """Return the positions, not older than the last change and not older than `MAX_AGE`."""
        async with self._lock:
            now = self._clock()
            if self._cached is not None:
                changes, computed_at, positions = self._cached
                if changes == self._changes and now - computed_at < MAX_AGE:
                    return positions
            changes = self._changes
            positions = await self._compute()
            self._cached = changes, now, positions
            return positions
