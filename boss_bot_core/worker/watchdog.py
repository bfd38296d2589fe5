"""When a worker has to be ended: a pure judgement, and the task that carries it out."""

import asyncio
import time
from collections.abc import Callable

import attrs

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.errors import DownloadFailedError, DownloadTimeoutError, EngineBrokenError
from boss_bot_core.worker.worker_handle import WorkerHandle

_CHECK_INTERVAL_S = 1.0


@attrs.frozen(kw_only=True)
class WatchLimits:
    """How long and how much.

    Attributes:
        stall_s: Seconds without an event or a byte.
        wall_clock_s: Seconds in all, pauses not counted.
        memory_bytes: PSS of the worker and all it started.
    """

    stall_s: float = 30.0
    wall_clock_s: float = 300.0
    memory_bytes: int = 1024 * MEGABYTE


@attrs.frozen(kw_only=True)
class WorkerStats:
    """A worker at one moment; times as `time.monotonic()` tells them.

    Attributes:
        now: The moment.
        started_at: When it was started.
        active_at: When the last event or byte came, or its last pause ended.
        paused_s: Seconds that it stood still since its start.
        is_paused: Whether it stands still now.
        pss_bytes: Its memory.
    """

    now: float
    started_at: float
    last_active_at: float
    paused_s: float
    is_paused: bool
    pss_bytes: int


def find_violation(stats: WorkerStats, limits: WatchLimits) -> DownloadFailedError | None:
    """Return what the worker has to be ended for, or None."""
    if stats.pss_bytes > limits.memory_bytes:
        return EngineBrokenError(f"The engine used more than {limits.memory_bytes // MEGABYTE} MB of memory.")
    if stats.is_paused:
        return None
    if stats.now - stats.started_at - stats.paused_s > limits.wall_clock_s:
        return DownloadTimeoutError(f"The download took longer than {limits.wall_clock_s:.0f} seconds.")
    if stats.now - stats.last_active_at > limits.stall_s:
        return DownloadTimeoutError(f"Nothing came for {limits.stall_s:.0f} seconds.")
    return None


async def watch_worker(
    worker: WorkerHandle, limits: WatchLimits, get_last_byte_at: Callable[[], float | None] = lambda: None
) -> None:
    """Look at a worker every second until it ends; end it when it has to be, its events then say why.

    Args:
        worker: The worker.
        limits: What it may do.
        bytes_at: When bytes last came through its proxy, as `time.monotonic()` tells it, or None before the first.
    """
    end = asyncio.ensure_future(worker.wait())
    try:
        while not (await asyncio.wait({end}, timeout=_CHECK_INTERVAL_S))[0]:
            reason = find_violation(await _read_stats(worker, get_last_byte_at()), limits)
            if reason is not None:
                await worker.kill(reason)
    finally:
        end.cancel()


async def _read_stats(worker: WorkerHandle, last_byte_at: float | None) -> WorkerStats:
    return WorkerStats(
        pss_bytes=await worker.read_pss_bytes(),
        now=time.monotonic(),
        started_at=worker.started_at,
        last_active_at=max(worker.last_event_at, worker.pause_clock.ended_at, last_byte_at or 0.0),
        paused_s=worker.pause_clock.total_s,
        is_paused=worker.pause_clock.is_paused,
    )
