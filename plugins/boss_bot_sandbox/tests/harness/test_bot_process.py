"""The bot's process, with small programs in the bot's place: started, heard, started again, ended."""

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


class Witness:
    """A process and everything that was told about it."""

    def __init__(self, program: str) -> None:
        self.states: list[BotState] = []
        self.lines: list[str] = []
        self.more = asyncio.Event()
        self.bot = BotProcess(("-c", program), on_line=self._hear, on_state_change=self._watch)

    def _hear(self, line: str) -> None:
        self.lines.append(line)
        self.more.set()

    def _watch(self, state: BotState) -> None:
        self.states.append(state)
        self.more.set()

    async def heard(self, line: str, times: int = 1) -> int:
        """Wait for a line and return the process that is there then."""
        async with asyncio.timeout(20):
            while self.lines.count(line) < times:
                self.more.clear()
                await self.more.wait()
        assert self.bot.state.pid is not None
        return self.bot.state.pid


@asynccontextmanager
async def running(program: str) -> AsyncIterator[Witness]:
    witness = Witness(program)
    async with witness.bot.run({"PYTHONPATH": os.pathsep.join(sys.path)}):
        yield witness


def exists(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def test_it_ends_with_the_block() -> None:
    async with running(LIVES) as witness:
        pid = await witness.heard("up")
        assert exists(pid)
    assert not exists(pid)
    assert witness.bot.state == BotState(pid=None, starts=1, exit_code=-signal.SIGTERM)


async def test_one_that_does_not_want_to_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "_STOP_S", 0.2)
    async with running(STUBBORN) as witness:
        pid = await witness.heard("up")
    assert not exists(pid)
    assert witness.bot.state.exit_code == -signal.SIGKILL


async def test_a_killed_one_is_started_again() -> None:
    async with running(LIVES) as witness:
        first = await witness.heard("up")
        witness.bot.signal()
        second = await witness.heard("up", times=2)
        assert first != second
        assert [state.pid for state in witness.states] == [first, None, second]
        assert witness.bot.state == BotState(pid=second, starts=2, exit_code=-signal.SIGKILL)


async def test_one_that_dies_at_once_is_started_again_with_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot_process, "_RESTART_DELAYS_S", (0.0, 0.05, 0.1))
    async with running("print('gone', flush=True); raise SystemExit(3)") as witness:
        await asyncio.wait_for(witness.bot.ended.wait(), 20)
        assert witness.bot.state.exit_code == 3
        async with asyncio.timeout(20):
            while witness.bot.state.starts < 3:
                witness.more.clear()
                await witness.more.wait()
    assert set(witness.bot.lines) == {"gone"}


async def test_a_line_without_end_does_not_end_the_listening() -> None:
    program = f"print('x' * {child_process._MAX_LINE_BYTES * 2}); {LIVES}"
    async with running(program) as witness:
        await witness.heard("up")


async def test_a_signal_without_a_process_does_nothing() -> None:
    BotProcess().signal()
