"""Tests of the watchdog: its decision, which is pure, and its effect on real workers."""

import asyncio
import time
from typing import Any

import attrs
import pytest

from boss_bot_core.errors import DownloadFailedError, DownloadTimeoutError, EngineBrokenError
from boss_bot_core.worker import DownloadFinished, WatchLimits, Zygote, watch_worker
from boss_bot_core.worker.watchdog import WorkerStats, find_violation
from tests.worker.conftest import MakeJob, get_failure

LIMITS = WatchLimits(stall_s=30, wall_clock_s=300, memory_bytes=1000)
FINE = WorkerStats(now=100, started_at=0, last_active_at=95, paused_s=0, is_paused=False, pss_bytes=1000)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None),
        ({"last_active_at": 70}, None),
        ({"last_active_at": 69}, DownloadTimeoutError),
        ({"last_active_at": 0, "is_paused": True, "paused_s": 95}, None),
        ({"now": 301, "last_active_at": 301}, DownloadTimeoutError),
        ({"now": 301, "last_active_at": 301, "paused_s": 2}, None),
        ({"now": 900, "last_active_at": 100, "paused_s": 800, "is_paused": True}, None),
        ({"pss_bytes": 1001}, EngineBrokenError),
        ({"pss_bytes": 1001, "is_paused": True}, EngineBrokenError),
    ],
)
def test_a_worker_that_exceeds_a_limit_is_found(
    changes: dict[str, Any], expected: type[DownloadFailedError] | None
) -> None:
    reason = find_violation(attrs.evolve(FINE, **changes), LIMITS)
    assert type(reason) is (expected or type(None))


@pytest.mark.parametrize(
    ("operation", "limits", "kind", "message"),
    [
        ("sleep_silently", WatchLimits(stall_s=0.5), "DownloadTimeoutError", "Nothing came for"),
        ("report_slowly", WatchLimits(wall_clock_s=0.5), "DownloadTimeoutError", "took longer than"),
        (
            "allocate_memory?mebibytes=200",
            WatchLimits(memory_bytes=100 * 2**20),
            "EngineBrokenError",
            "more than 100 MB of memory",
        ),
    ],
)
async def test_a_worker_that_exceeds_a_limit_is_killed_with_the_reason(
    zygote: Zygote, make_job: MakeJob, operation: str, limits: WatchLimits, kind: str, message: str
) -> None:
    async with await zygote.spawn(make_job(operation)) as worker:
        watching = asyncio.create_task(watch_worker(worker, limits))
        report = get_failure([event async for event in worker.read_events()]).report
        await asyncio.wait_for(watching, 20)
    assert report.kind == kind
    assert message in report.message


async def test_bytes_through_the_proxy_count_as_activity(zygote: Zygote, make_job: MakeJob) -> None:
    async with await zygote.spawn(make_job("sleep_silently")) as worker:
        watching = asyncio.create_task(watch_worker(worker, WatchLimits(stall_s=0.5), time.monotonic))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(worker.wait(), 2)
        watching.cancel()


async def test_a_pause_does_not_count_as_a_stall(zygote: Zygote, make_job: MakeJob) -> None:
    async with await zygote.spawn(make_job("report_slowly?times=3")) as worker:
        watching = asyncio.create_task(watch_worker(worker, WatchLimits(stall_s=1, wall_clock_s=1.5)))
        await worker.pause()
        await asyncio.sleep(2.5)
        await worker.resume()
        events = [event async for event in worker.read_events()]
        await watching
    assert isinstance(events[-1], DownloadFinished)
