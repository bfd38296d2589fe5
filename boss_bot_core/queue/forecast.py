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
"""How long a download is taken to run before any was measured: only the order comes of it, no promise."""


@attrs.frozen
class ExpectedStart:
    """A waiting download's likely start.

    Attributes:
        item: The download.
        wait_s: Seconds until then, or None before anything was measured.
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
    """Return when the waiting downloads will start, in that order.

    Every download is expected to take as long as recent ones usually took (`durations`); what has run for longer than
    that, to end any moment.
    """
    usual = _estimate_duration(durations)
    left, clock, starts = list(waiting), now, list[ExpectedStart]()
    busy = [(max(now, (item.started_at or item.created_at) + usual), item.id, item) for item in running]
    heapq.heapify(busy)
    while left:
        chosen = choose_next(left, [item for *_, item in busy], limits, clock)
        if chosen is not None:
            left.remove(chosen)
            heapq.heappush(busy, (clock + usual, chosen.id, chosen))
            starts.append(ExpectedStart(chosen, (clock - now).total_seconds() if durations else None))
            continue
        due = min((item.not_before for item in left if item.not_before and item.not_before > clock), default=None)
        # One end at a time, as in life: who ends first makes room for one before the next ends.
        clock = heapq.heappop(busy)[0] if due is None or (busy and busy[0][0] <= due) else due
    return starts


def _estimate_duration(durations: Sequence[timedelta]) -> timedelta:
    if not durations:
        return DEFAULT_DURATION
    return timedelta(seconds=median(each.total_seconds() for each in durations))


MAX_AGE = timedelta(seconds=1)
"""How long places hold although this process has changed nothing: another one may have, and time goes on."""

PositionsById = Mapping[UUID, QueuePosition]


def to_positions(starts: Sequence[ExpectedStart]) -> PositionsById:
    """Return the place of each item that waits, from who starts when."""
    return {
        start.item.id: QueuePosition(
            item_id=start.item.id, position=position, of=len(starts), estimated_wait_s=start.wait_s
        )
        for position, start in enumerate(starts, start=1)
    }


class PositionCache:
    """The places as of the last change.

    Args:
        work_out: Reads the queue and returns them.
        clock: Tells the time.
    """

    def __init__(self, compute: Callable[[], Awaitable[PositionsById]], clock: UtcClock) -> None:
        self._compute = compute
        self._clock = clock
        self._lock = asyncio.Lock()
        self._changes = 0
        self._cached: tuple[int, datetime, PositionsById] | None = None

    def invalidate(self) -> None:
        """The queue has changed."""
        self._changes += 1

    async def get(self) -> PositionsById:
        """Return the places, none of them older than the last change or than a second."""
        async with self._lock:
            now = self._clock()
            if self._cached is not None:
                changes, worked_out_at, places = self._cached
                if changes == self._changes and now - worked_out_at < MAX_AGE:
                    return places
            changes = self._changes
            places = await self._compute()
            self._cached = changes, now, places
            return places
