"""Tests of killing, pausing and measuring a worker, and of the processes' end when the bot is killed."""

import asyncio
import signal
import sys
import time
from contextlib import aclosing
from pathlib import Path

from boss_bot_core.errors import DownloadTimeoutError
from boss_bot_core.plugin import Progress
from boss_bot_core.worker import Zygote
from tests.worker.conftest import (
    COVERAGE,
    OTHER_PLUGINS,
    MakeJob,
    get_failure,
    is_alive,
    list_children,
    read_process_state,
    wait_until_dead,
)

BOT = """
import asyncio, sys
from pathlib import Path
from boss_bot_core.worker import Confinement, DownloadJob, Zygote, ZygoteOptions

async def main(directory, disabled, pythonpath, *coverage):
    environment = {"PYTHONPATH": pythonpath, **dict(pair.split("=", 1) for pair in coverage)}
    async with Zygote(ZygoteOptions(disabled=frozenset(disabled.split(",")), extra_environment=environment)) as zygote:
        job = DownloadJob(
            plugin="trial", url="https://trial.example/leave_children?session=own", media_key="trial:1",
            directory=Path(directory), max_file_size_bytes=1, target_file_size_bytes=1, proxy_url="http://127.0.0.1:9",
        )
        confinement = Confinement(landlock=False, seccomp=False, audit_hook=False)
        async with await zygote.spawn(job, confinement) as worker:
            await anext(worker.read_events())
            print(zygote.pid, worker.pid, (Path(directory) / "pids").read_text(), flush=True)
            await asyncio.sleep(60)

asyncio.run(main(*sys.argv[1:]))
"""


async def test_no_process_survives_when_the_bot_is_killed(plugin_site: Path, tmp_path: Path) -> None:
    coverage = [f"{name}={text}" for name, text in COVERAGE.items()]
    bot = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", BOT, str(tmp_path), ",".join(OTHER_PLUGINS), str(plugin_site), *coverage),
        stdout=asyncio.subprocess.PIPE,
    )
    assert bot.stdout is not None
    pids = list(map(int, (await bot.stdout.readline()).split()))
    assert len(pids) == 4
    bot.kill()
    await bot.wait()
    await wait_until_dead(pids)


LATE_SIGTERM = """
import os, signal, socket
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.worker.zygote_process import loop

ignore, manager = signal.signal, PluginManager.load(entry_points=())
sent = []

def send_before_ignoring(number, handler):
    if handler is signal.SIG_IGN and not sent:
        sent.append(number)
        os.kill(os.getpid(), number)
    return ignore(number, handler)

signal.signal = send_before_ignoring
loop.ChildProcesses.kill_all = lambda self: print("killed")
bot, control = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
bot.shutdown(socket.SHUT_WR)
loop.run_loop(control, manager)
"""


async def test_a_signal_that_comes_after_the_last_message_leaves_no_worker_behind() -> None:
    zygote = await asyncio.create_subprocess_exec(sys.executable, "-c", LATE_SIGTERM, stdout=asyncio.subprocess.PIPE)
    printed, _ = await zygote.communicate()
    assert (zygote.returncode, printed) == (0, b"killed\n")


async def test_a_killed_worker_ends_at_once_and_reports_the_reason(zygote: Zygote, make_job: MakeJob) -> None:
    async with await zygote.spawn(make_job("report_slowly")) as worker, aclosing(worker.read_events()) as events:
        await anext(events)
        began = time.perf_counter()
        await worker.kill(DownloadTimeoutError("Too slow."))
        end = await worker.wait()
        took = time.perf_counter() - began
        last = get_failure([event async for event in events])
    assert end.code == -signal.SIGKILL
    assert str(end) == "died (SIGKILL)"
    assert took < 20
    assert (last.report.kind, last.report.message) == ("DownloadTimeoutError", "Too slow.")


async def test_a_kill_without_a_reason_is_reported_as_a_cancellation(zygote: Zygote, make_job: MakeJob) -> None:
    async with await zygote.spawn(make_job("sleep_silently")) as worker:
        await worker.kill()
        assert get_failure([event async for event in worker.read_events()]).report.kind == "DownloadCancelledError"


async def test_a_paused_worker_stops_and_continues_when_resumed(zygote: Zygote, make_job: MakeJob) -> None:
    async with (
        await zygote.spawn(make_job("report_slowly?times=8")) as worker,
        aclosing(worker.read_events()) as events,
    ):
        await anext(events)
        await worker.pause()
        await worker.pause()
        seen = []
        while True:  # events that were sent before the worker stopped
            try:
                seen.append(await asyncio.wait_for(asyncio.shield(first := asyncio.ensure_future(anext(events))), 0.4))
            except TimeoutError:
                break
        assert read_process_state(worker.pid) == "T"
        assert worker.pause_clock.is_paused
        await worker.resume()
        rest = [await first, *[event async for event in events]]
        assert rest[-2] == Progress(downloaded_bytes=7)
        assert len(seen) <= 2
        assert 0.3 < worker.pause_clock.total_s < 5
        assert not worker.pause_clock.is_paused


async def test_a_paused_worker_can_be_killed(zygote: Zygote, make_job: MakeJob) -> None:
    async with await zygote.spawn(make_job("report_slowly")) as worker:
        await worker.pause()
        await worker.kill()
        assert (await worker.wait()).code == -signal.SIGKILL


async def test_memory_is_measured_for_the_process_group_with_shared_pages_counted_once(
    zygote: Zygote, make_job: MakeJob
) -> None:
    async with await zygote.spawn(make_job("allocate_memory?mebibytes=100")) as worker:
        async with asyncio.timeout(10):
            while await worker.read_pss_bytes() < 100 * 2**20:
                await asyncio.sleep(0.02)
        assert await worker.read_pss_bytes() < 140 * 2**20
        await worker.kill()
        await worker.wait()
        assert await worker.read_pss_bytes() == 0


async def test_a_worker_that_never_receives_a_job_exits(zygote: Zygote, make_job: MakeJob) -> None:
    spawning = asyncio.ensure_future(zygote.spawn(make_job("report_slowly")))
    await asyncio.sleep(0)
    spawning.cancel()
    await asyncio.wait({spawning})
    assert zygote.pid is not None
    await wait_until_dead(list_children(zygote.pid))
    assert is_alive(zygote.pid)
