"""Tests of workers that crash, hang, flood or cheat: the loop stays responsive, errors are typed, the next job runs."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import pytest

from boss_bot_core.plugin import Progress
from boss_bot_core.worker import DownloadFinished, LogLine, Zygote
from tests.worker.conftest import MakeJob, build_confinement, get_failure, run_job, wait_until_dead

MEBIBYTE = 2**20
MAX_LAG_S = 1.0
"""Generous for a busy machine; a blocked loop stands still for seconds."""


@asynccontextmanager
async def assert_responsive_loop() -> AsyncIterator[None]:
    """Fail if this process's event loop is blocked for longer than `MAX_LAG_S` within the block."""
    longest_lag_s = 0.0

    async def measure() -> None:
        nonlocal longest_lag_s
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.002)
            longest_lag_s = max(longest_lag_s, time.perf_counter() - began - 0.002)

    task = asyncio.create_task(measure())
    try:
        yield
    finally:
        task.cancel()
    assert longest_lag_s < MAX_LAG_S


EXPECTED_MESSAGES = {
    "segfault": "died (SIGSEGV)",
    "raise_exit": "Plugin trial broke (SystemExit).",
    "raise_bug": "Plugin trial broke (KeyError).",
    "exit_process": "ended with code 0",
    "loop_forever": "died (SIGXCPU)",
    "allocate_memory?mebibytes=3000": "more memory than a download may",
    "die_within_line": "ended with code 0",
    "send_line?text=garbage": "sent what it may not",
    "send_endless_line": "sent what it may not",
}


@pytest.mark.parametrize("operation", EXPECTED_MESSAGES)
async def test_a_worker_that_fails_or_cheats_is_reported_as_a_typed_error(
    zygote: Zygote, make_job: MakeJob, operation: str
) -> None:
    confinement = build_confinement(
        landlock=False,
        audit_hook=False,
        max_cpu_s=1 if operation == "loop_forever" else 60,
        max_address_space_bytes=600 * MEBIBYTE,
    )
    async with assert_responsive_loop():
        report = get_failure(await run_job(zygote, make_job(operation), confinement)).report
    assert report.kind == "EngineBrokenError"
    assert EXPECTED_MESSAGES[operation] in report.message
    assert isinstance((await run_job(zygote, make_job("fetch")))[-1], DownloadFinished)


async def test_a_bug_is_reported_with_its_traceback(zygote: Zygote, make_job: MakeJob) -> None:
    detail = get_failure(await run_job(zygote, make_job("raise_bug"))).report.detail
    assert detail is not None
    assert "KeyError: 'an unforeseen bug'" in detail
    assert "attacks.py" in detail


async def test_a_flood_of_printed_lines_is_limited(zygote: Zygote, make_job: MakeJob) -> None:
    async with assert_responsive_loop():
        events = await run_job(zygote, make_job("flood_output"))
    lines = [event for event in events if isinstance(event, LogLine)]
    assert isinstance(events[-1], DownloadFinished)
    assert len(lines) == 300
    assert "left out" in lines[-1].message


async def test_a_flood_of_events_is_slowed_down(zygote: Zygote, make_job: MakeJob) -> None:
    seen = 0
    async with (
        assert_responsive_loop(),
        await zygote.spawn(make_job("flood_events")) as worker,
        aclosing(worker.read_events()) as events,
    ):
        began = time.monotonic()
        async for _ in events:
            seen += 1
            if time.monotonic() - began > 0.5:
                break
    assert seen < 1000


async def test_an_incomplete_message_does_not_block_the_loop(zygote: Zygote, make_job: MakeJob) -> None:
    async with (
        assert_responsive_loop(),
        await zygote.spawn(make_job("send_partial_line")) as worker,
        aclosing(worker.read_events()) as events,
    ):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(events), 0.2)


@pytest.mark.parametrize(
    ("session", "layers", "killed"),
    [
        ("same", {}, "worker"),
        ("same", {}, "zygote"),
        # Only without seccomp can a process leave the process group; the zygote kills it nevertheless.
        ("own", {"seccomp": False}, "worker"),
    ],
)
async def test_no_process_that_a_worker_started_survives_it(
    zygote: Zygote, make_job: MakeJob, session: str, layers: dict[str, bool], killed: str
) -> None:
    job = make_job(f"leave_children?session={session}")
    confinement = build_confinement(landlock=False, audit_hook=False, **layers)
    async with await zygote.spawn(job, confinement) as worker, aclosing(worker.read_events()) as events:
        assert isinstance(await anext(events), Progress)
        pids = [worker.pid, *map(int, (job.directory / "pids").read_text().split())]
        assert zygote.pid is not None
        os.kill({"worker": worker.pid, "zygote": zygote.pid}[killed], signal.SIGKILL)
        await worker.wait()
        await wait_until_dead(pids)


async def test_a_worker_cannot_leave_its_process_group(zygote: Zygote, make_job: MakeJob) -> None:
    confinement = build_confinement(landlock=False, audit_hook=False)
    [finished] = await run_job(zygote, make_job("leave_children?session=own"), confinement)
    assert isinstance(finished, DownloadFinished)
    assert "Operation not permitted" in (finished.result.media.text or "")
