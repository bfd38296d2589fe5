"""Everything the sandbox started ends with it, however it ends: with the real bot and its own children."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Sandbox:
    """``boss-bot sandbox`` as a child process.

    Attributes:
        url: The page.
        temporary: The only folder it may leave something in.
    """

    def __init__(self, process: asyncio.subprocess.Process, temporary: Path) -> None:
        self.process = process
        self.temporary = temporary
        self.url = ""

    async def line(self, pattern: str) -> str:
        """Read on until a line fits, and return its first group."""
        assert self.process.stdout is not None
        while line := (await self.process.stdout.readline()).decode():
            if found := re.search(pattern, line):
                return found[1]
        raise AssertionError(f"ended without a line like {pattern}")

    async def told(self) -> dict[str, dict[str, int | None]]:
        """Return what the page is told about the bot."""
        async with aiohttp.ClientSession() as session, session.get(self.url + "harness") as answer:
            told: dict[str, dict[str, int | None]] = await answer.json()
            return told


@asynccontextmanager
async def sandbox(temporary: Path) -> AsyncIterator[Sandbox]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "boss_bot_core", "sandbox", "--no-browser", "--log"),
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    running = Sandbox(process, temporary)
    try:
        running.url = await running.line(r"open: (\S+)")
        await running.line(r"(connected to Gateway)")
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def descendants(pid: int) -> set[int]:
    """Return every process below one, as it is now."""
    children: dict[int, set[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        children.setdefault(parent, set()).add(int(status.parent.name))
    found, new = set(), children.get(pid, set())
    while new:
        found |= new
        new = set().union(*(children.get(one, set()) for one in new))
    return found


async def gone(pids: set[int]) -> None:
    """Wait until none of the processes is there, or only as somebody's unread exit code."""
    async with asyncio.timeout(20):
        while any(_alive(pid) for pid in pids):
            await asyncio.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


async def test_ctrl_c_ends_everything_and_leaves_no_file(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as running:
        pids = descendants(running.process.pid)
        assert len(pids) >= 2
        running.process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(running.process.wait(), 30) == 0
        await gone(pids)
    assert list(tmp_path.iterdir()) == []


async def test_kill_9_ends_everything(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as running:
        pids = descendants(running.process.pid)
        assert len(pids) >= 2
        running.process.kill()
        await running.process.wait()
        await gone(pids)


@pytest.mark.timeout(180)
async def test_a_bot_that_is_killed_comes_back_and_logs_in(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as running:
        first = (await running.told())["bot"]["pid"]
        assert first is not None
        below = descendants(first)
        os.kill(first, signal.SIGKILL)
        assert await running.line(r"has ended with (-\d+)") == "-9"
        second = int(await running.line(r"is started, process (\d+)"))
        await gone(below)
        await running.line(r"(connected to Gateway)")
        assert (await running.told())["bot"] == {"pid": second, "starts": 2, "exit_code": -9}
