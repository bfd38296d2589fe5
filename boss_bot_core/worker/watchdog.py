"""The watchdog: a pure decision whether a worker must be killed, and the task that applies it."""

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
    """Limits that the watchdog enforces.

    Attributes:
        stall_s: Most seconds without an event or a byte.
        wall_clock_s: Most seconds in total, pauses not counted.
        memory_bytes: Largest PSS of the worker and all its descendants.
    """

    stall_s: float = 30.0
    wall_clock_s: float = 300.0
    memory_bytes: int = 1024 * MEGABYTE


@attrs.frozen(kw_only=True)
class WorkerStats:
    """Measurements of a worker at one moment; times are `time.monotonic()` seconds.

    Attributes:
        now: The moment of the measurement.
        started_at: When the worker was started.
        last_active_at: When the last event or byte arrived, or the last pause ended.
        paused_s: Seconds of all pauses since the start.
        is_paused: Whether the worker is paused now.
        pss_bytes: PSS of the worker and all its descendants.
    """

    now: float
    started_at: float
    last_active_at: float
    paused_s: float
    is_paused: bool
    pss_bytes: int


def find_violation(stats: WorkerStats, limits: WatchLimits) -> DownloadFailedError | None:
    """Return the error with which the worker has to be killed; None if it exceeds no limit."""
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
    """Measure a worker every second until it exits, and kill it if it exceeds a limit; its last event has the reason.

    Args:
        worker: The worker.
        limits: The limits.
        get_last_byte_at: Returns when a byte last passed the worker's proxy, as `time.monotonic()` seconds, or None
            before the first byte.
    """
    exited = asyncio.ensure_future(worker.wait())
    try:
        while not (await asyncio.wait({exited}, timeout=_CHECK_INTERVAL_S))[0]:
            reason = find_violation(await _read_stats(worker, get_last_byte_at()), limits)
            if reason is not None:
                await worker.kill(reason)
    finally:
        exited.cancel()


async def _read_stats(worker: WorkerHandle, last_byte_at: float | None) -> WorkerStats:
    return WorkerStats(
        pss_bytes=await worker.read_pss_bytes(),
        now=time.monotonic(),
        started_at=worker.started_at,
        last_active_at=max(worker.last_event_at, worker.pause_clock.ended_at, last_byte_at or 0.0),
        paused_s=worker.pause_clock.total_s,
        is_paused=worker.pause_clock.is_paused,
    )
