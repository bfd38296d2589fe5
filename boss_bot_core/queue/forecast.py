"""In which order the waiting downloads will start, and roughly when: pure, and only as good as the past is.

It plays the policy forward, so that a position never contradicts what the dispatcher then does.
"""

import heapq
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from statistics import median

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.queue.policy import QueueLimits, choose_next


def start_order(
    waiting: Collection[DownloadItem], running: Collection[DownloadItem], limits: QueueLimits, now: datetime
) -> list[DownloadItem]:
    """Return `waiting` in the order in which its items will start if every download takes equally long."""
    left, busy, order = list(waiting), sorted(running, key=_start), list[DownloadItem]()
    while left:
        chosen = choose_next(left, busy, limits, now)
        if chosen is not None:
            left.remove(chosen)
            busy.append(chosen)
            order.append(chosen)
        elif busy:
            del busy[0]
        else:
            # Nothing runs and nothing is due: the clock goes on to the next retry.
            now = min(item.not_before for item in left if item.not_before is not None)
    return order


def estimate_wait(
    position: int,
    running: Collection[DownloadItem],
    durations: Sequence[timedelta],
    limits: QueueLimits,
    now: datetime,
) -> float | None:
    """Return the seconds until the item at `position` (from 1) likely starts, or None before anything was measured.

    Args:
        position: Its place in `start_order`.
        running: What runs.
        durations: How long recent downloads took.
        limits: How many may run.
        now: The time.
    """
    if not durations:
        return None
    usual = median(each.total_seconds() for each in durations)
    slots = [max(0.0, usual - (now - _start(item)).total_seconds()) for item in running]
    slots += [0.0] * (limits.max_running - len(slots))
    # Lowered limits: the first of those that run to end leave no slot behind.
    slots = heapq.nlargest(limits.max_running, slots)
    heapq.heapify(slots)
    for _ in range(position - 1):
        heapq.heapreplace(slots, slots[0] + usual)
    return slots[0]


def _start(item: DownloadItem) -> datetime:
    return item.started_at or item.created_at
