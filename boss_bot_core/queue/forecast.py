"""Forecasts the order and the start times of waiting downloads.

The forecast simulates the policy, so a position never contradicts what the dispatcher does later.
"""

import heapq
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.queue.limits import QueueLimits
from boss_bot_core.queue.policy import choose_next
from boss_bot_core.queue.start_verdict import RoomJudge, StartVerdict

DEFAULT_DURATION = timedelta(minutes=1)
"""The assumed duration of a download before any was measured; it gives an order, but no estimate for users."""


@attrs.frozen
class ExpectedStart:
    """The expected start of a waiting download.

    Attributes:
        item: The download.
        wait_s: Seconds until the start, or None before any duration was measured.
        needs_room: Whether the download would start now, if there were room for it on the disk.
    """

    item: DownloadItem
    wait_s: float | None
    needs_room: bool = False


def forecast_starts(
    waiting: Collection[DownloadItem],
    running: Collection[DownloadItem],
    durations: Sequence[timedelta],
    limits: QueueLimits,
    now: datetime,
    judge_room: RoomJudge | None = None,
) -> list[ExpectedStart]:
    """Return the expected starts of the waiting downloads, in starting order.

    Every download is expected to take the median of the recent durations. A download that has run for longer is
    expected to end at once. What has no room now is expected to have it when the next download has ended.
    """
    duration = _estimate_duration(durations)
    left, clock, starts = list(waiting), now, list[ExpectedStart]()
    busy = [(max(now, (item.started_at or item.created_at) + duration), item.id, item) for item in running]
    heapq.heapify(busy)
    short = _find_short(left, running, limits, now, judge_room)
    while left:
        judge = judge_room if clock == now and busy else None
        chosen = choose_next(left, [item for *_, item in busy], limits, clock, judge)
        if chosen is not None:
            left.remove(chosen)
            heapq.heappush(busy, (clock + duration, chosen.id, chosen))
            wait_s = (clock - now).total_seconds() if durations else None
            starts.append(ExpectedStart(chosen, wait_s, chosen.id in short))
            continue
        due = min((item.not_before for item in left if item.not_before and item.not_before > clock), default=None)
        # One download ends at a time: each end frees a slot before the next download ends.
        clock = heapq.heappop(busy)[0] if due is None or (busy and busy[0][0] <= due) else due
    return starts


def _estimate_duration(durations: Sequence[timedelta]) -> timedelta:
    if not durations:
        return DEFAULT_DURATION
    return timedelta(seconds=median(each.total_seconds() for each in durations))


def _find_short(
    waiting: Collection[DownloadItem],
    running: Collection[DownloadItem],
    limits: QueueLimits,
    now: datetime,
    judge_room: RoomJudge | None,
) -> Collection[UUID]:
    if judge_room is None or not waiting or choose_next(waiting, running, limits, now) is None:
        return ()
    return {item.id for item in waiting if judge_room(item) is not StartVerdict.START}
