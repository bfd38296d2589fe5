"""The bot's process, with small programs instead of the bot: start, output, restart and stop."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from boss_bot_sandbox.harness import bot_process, child_process
from boss_bot_sandbox.harness.bot_process import BotProcess, BotState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest

LIVES = "import time; print('up', flush=True); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


class ProcessRecorder:
    """A process with its recorded states and lines."""

    def __init__(self, program: str) -> None:
        self.states: list[BotState] = []
        self.lines: list[str] = []
        self.more = asyncio.Event()
        self.bot = BotProcess(("-c", program), on_line=self._on_line, on_state_change=self._on_state_change)

    def _on_line(self, line: str) -> None:
        self.lines.append(line)
        self.more.set()

    def _on_state_change(self, state: BotState) -> None:
        self.states.append(state)
        self.more.set()

    async def wait_for_line(self, line: str, times: int = 1) -> int:
        """Wait for a line and return the id of the current process."""
        async with asyncio.timeout(20):
            while self.lines.count(line) < times:
                self.more.clear()
                await self.more.wait()
        assert self.bot.state.pid is not None
        return self.bot.state.pid


@asynccontextmanager
async def run_recorded(program: str) -> AsyncIterator[ProcessRecorder]:
    recorder = ProcessRecorder(program)
    async with recorder.bot.run({"PYTHONPATH": os.pathsep.join(sys.path)}):
        yield recorder


def exists(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def test_the_process_ends_with_the_block() -> None:
    async with run_recorded(LIVES) as recorder:
        pid = await recorder.wait_for_line("up")
        assert exists(pid)
    assert not exists(pid)
    assert recorder.bot.state == BotState(pid=None, starts=1, exit_code=-signal.SIGTERM)


async def test_a_process_that_ignores_sigterm_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "_STOP_S", 0.2)
    async with run_recorded(STUBBORN) as recorder:
        pid = await recorder.wait_for_line("up")
    assert not exists(pid)
    assert recorder.bot.state.exit_code == -signal.SIGKILL


async def test_a_killed_process_is_restarted() -> None:
    async with run_recorded(LIVES) as recorder:
        first = await recorder.wait_for_line("up")
        recorder.bot.signal()
        second = await recorder.wait_for_line("up", times=2)
        assert first != second
        assert [state.pid for state in recorder.states] == [first, None, second]
        assert recorder.bot.state == BotState(pid=second, starts=2, exit_code=-signal.SIGKILL)


async def test_a_process_that_ends_immediately_is_restarted_with_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot_process, "_RESTART_DELAYS_S", (0.0, 0.05, 0.1))
    async with run_recorded("print('gone', flush=True); raise SystemExit(3)") as recorder:
        await asyncio.wait_for(recorder.bot.ended.wait(), 20)
        assert recorder.bot.state.exit_code == 3
        async with asyncio.timeout(20):
            while recorder.bot.state.starts < 3:
                recorder.more.clear()
                await recorder.more.wait()
    assert set(recorder.bot.lines) == {"gone"}


async def test_a_line_over_the_limit_does_not_end_the_reading() -> None:
    program = f"print('x' * {child_process._MAX_LINE_BYTES * 2}); {LIVES}"
    async with run_recorded(program) as recorder:
        await recorder.wait_for_line("up")


async def test_a_signal_without_a_process_does_nothing() -> None:
    BotProcess().signal()
