"""In which order the waiting downloads will start, and roughly when: pure, and only as good as the past is.

It plays the policy forward, so that a position never contradicts what the dispatcher then does, and so that somebody
who has as many running as they may is not promised one of the free slots.
"""

import heapq
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from statistics import median

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.queue.limits import QueueLimits
from boss_bot_core.queue.policy import choose_next

UNMEASURED = timedelta(minutes=1)
"""How long a download is taken to run before any was measured: only the order comes of it, no promise."""


@attrs.frozen
class Start:
    """A waiting download's likely start.

    Attributes:
        item: The download.
        wait_s: Seconds until then, or None before anything was measured.
    """

    item: DownloadItem
    wait_s: float | None


def forecast(
    waiting: Collection[DownloadItem],
    running: Collection[DownloadItem],
    durations: Sequence[timedelta],
    limits: QueueLimits,
    now: datetime,
) -> list[Start]:
    """Return when the waiting downloads will start, in that order.

    Every download is expected to take as long as recent ones usually took (`durations`); what has run for longer than
    that, to end any moment.
    """
    usual = _usual(durations)
    left, clock, starts = list(waiting), now, list[Start]()
    busy = [(max(now, (item.started_at or item.created_at) + usual), item.id, item) for item in running]
    heapq.heapify(busy)
    while left:
        chosen = choose_next(left, [item for *_, item in busy], limits, clock)
        if chosen is not None:
            left.remove(chosen)
            heapq.heappush(busy, (clock + usual, chosen.id, chosen))
            starts.append(Start(chosen, (clock - now).total_seconds() if durations else None))
            continue
        due = min((item.not_before for item in left if item.not_before and item.not_before > clock), default=None)
        # One end at a time, as in life: who ends first makes room for one before the next ends.
        clock = heapq.heappop(busy)[0] if due is None or (busy and busy[0][0] <= due) else due
    return starts


def _usual(durations: Sequence[timedelta]) -> timedelta:
    if not durations:
        return UNMEASURED
    return timedelta(seconds=median(each.total_seconds() for each in durations))
