"""Tests of zygotes that fail: during their start, by invalid messages, and repeatedly."""

import asyncio
import os
import select
import signal
import socket
import textwrap
from pathlib import Path

import pytest
from loguru import logger

from boss_bot_core.worker import DownloadFinished, WorkerExit, ZygoteOptions, ZygoteStartError
from boss_bot_core.worker.errors import MessageError
from boss_bot_core.worker.messages import Exited, Fork, FromZygote, encode
from boss_bot_core.worker.zygote_handle import ZygoteHandle
from boss_bot_core.worker.zygote_io import ControlChannel
from boss_bot_core.zygote_launch import build_environment
from tests.worker.conftest import MakeJob, MakeZygote, run_job


def _replace_text(module: Path, text: str) -> None:
    """Replace a module's text atomically, because a zygote may be importing it."""
    (new := module.with_suffix(".new")).write_text(text)
    new.replace(module)


def _count_descriptors() -> int:
    return len([*Path("/proc/self/fd").iterdir()])


def _append_code(site: Path, code: str) -> None:
    module = site / "boss_bot_trial" / "plugin.py"
    _replace_text(module, module.read_text() + code)


@pytest.mark.parametrize("code", ["import os; os._exit(3)", "import time; time.sleep(60)"])
async def test_a_zygote_that_never_becomes_ready_raises_an_error(
    make_zygote: MakeZygote, plugin_site: Path, code: str
) -> None:
    _append_code(plugin_site, f"\n{code}\n")
    with pytest.raises(ZygoteStartError):
        async with make_zygote(start_timeout_s=2):
            pass


async def test_a_plugin_that_fails_to_warm_up_is_reported_as_a_failure(
    make_zygote: MakeZygote, plugin_site: Path
) -> None:
    _append_code(
        plugin_site, "\n@hookimpl\ndef bossbot_warm_up():\n    print('x' * 300000)\n    raise KeyError('engine')\n"
    )
    async with make_zygote() as zygote:
        [failure] = [failure for failure in zygote.ready.failures if not failure.disabled]
        assert (failure.name, zygote.ready.loaded) == ("trial", ())
        assert "KeyError" in failure.reason


async def test_a_zygote_that_cannot_restart_at_once_restarts_later(
    make_zygote: MakeZygote, make_job: MakeJob, plugin_site: Path
) -> None:
    async with make_zygote() as zygote:
        module = plugin_site / "boss_bot_trial" / "plugin.py"
        good = module.read_text()
        _append_code(plugin_site, "\nos._exit(3)\n")
        assert zygote.pid is not None
        has_failed = asyncio.Event()
        sink = logger.add(
            lambda _: has_failed.set(), level="ERROR", filter=lambda record: "died; the next" not in record["message"]
        )
        os.kill(zygote.pid, signal.SIGKILL)
        await asyncio.wait_for(has_failed.wait(), 20)
        logger.remove(sink)
        _replace_text(module, good)
        assert isinstance((await run_job(zygote, make_job("fetch")))[-1], DownloadFinished)


async def test_an_invalid_message_from_a_zygote_raises_an_error() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    channel = ControlChannel(ours)
    with theirs:
        theirs.send(encode(Exited(worker_id=1, code=0), FromZygote))
        theirs.send(b"garbage")
        received = channel.read_messages()
        assert await anext(received) == Exited(worker_id=1, code=0)
        with pytest.raises(MessageError):
            await anext(received)
    channel.close()


async def test_a_full_control_socket_blocks_only_the_sender() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    channel = ControlChannel(ours)

    async def fill() -> None:
        for number in range(2000):
            await channel.send(Fork(worker_id=number))

    with theirs:
        filling = asyncio.create_task(fill())
        async with asyncio.timeout(30):
            while select.select([], [ours], [], 0)[1]:
                await asyncio.sleep(0)
        assert not filling.done()
        theirs.setblocking(False)
        for _ in range(2000):
            await asyncio.get_running_loop().sock_recv(theirs, 1000)
        await asyncio.wait_for(filling, 5)
    channel.close()


def test_the_zygote_inherits_only_allowed_environment_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOSS_BOT_TOKEN", "secret")
    monkeypatch.setenv("LC_TIME", "de_DE")
    found = build_environment({"EXTRA": "1"})
    assert "BOSS_BOT_TOKEN" not in found
    assert (found["LC_TIME"], found["EXTRA"], found["PATH"]) == ("de_DE", "1", os.environ["PATH"])


@pytest.mark.parametrize(
    ("code", "says"),
    [(0, "ended with code 0"), (-11, "died (SIGSEGV)"), (-63, "died (signal 63)"), (None, "died with its zygote")],
)
def test_a_worker_exit_is_described_in_words(code: int | None, says: str) -> None:
    assert str(WorkerExit(code=code)) == says


async def test_a_zygote_is_restarted_after_any_error_at_its_start(
    make_zygote: MakeZygote, make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that cannot start another thread raises a RuntimeError."""
    launch = ZygoteHandle.launch
    tries = 0

    async def launch_at_second_try(options: ZygoteOptions) -> ZygoteHandle:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise RuntimeError("can't start new thread")
        return await launch(options)

    async with make_zygote(start_timeout_s=10) as zygote:
        monkeypatch.setattr(ZygoteHandle, "launch", launch_at_second_try)
        assert zygote.pid is not None
        os.kill(zygote.pid, signal.SIGKILL)
        assert isinstance((await run_job(zygote, make_job("fetch")))[-1], DownloadFinished)


async def test_a_worker_whose_block_is_cancelled_twice_leaves_no_socket_open(
    make_zygote: MakeZygote, make_job: MakeJob
) -> None:
    async with make_zygote() as zygote:
        inside = asyncio.Event()

        async def work() -> None:
            async with await zygote.spawn(make_job("report_slowly")):
                inside.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(work())
        await inside.wait()
        before = _count_descriptors()
        task.cancel()
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        await asyncio.sleep(0)
        assert _count_descriptors() < before


async def test_a_zygote_that_is_told_to_stop_ends_in_the_middle_of_a_warm_up(
    make_zygote: MakeZygote, make_job: MakeJob, plugin_site: Path, tmp_path: Path
) -> None:
    mark = tmp_path / "warming"
    code = f"import time\nfrom pathlib import Path\nPath({str(mark)!r}).touch()\ntime.sleep(60)\n"
    _append_code(plugin_site, "\n@hookimpl\ndef bossbot_warm_up():\n" + textwrap.indent(code, "    "))
    async with make_zygote(is_eager=False, start_timeout_s=20) as zygote:
        warming = asyncio.create_task(zygote.spawn(make_job("fetch")))
        while not mark.exists():
            await asyncio.sleep(0.02)
        assert zygote.pid is not None
        os.kill(zygote.pid, signal.SIGTERM)
        with pytest.raises(ZygoteStartError):
            await asyncio.wait_for(warming, 10)
