"""All processes of the sandbox end with it, for every way of ending: the real bot and its child processes."""

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
        url: The address of the page.
        temporary_folder: The only folder in which it may leave files.
    """

    def __init__(self, process: asyncio.subprocess.Process, temporary_folder: Path) -> None:
        self.process = process
        self.temporary_folder = temporary_folder
        self.url = ""

    async def find_line(self, pattern: str) -> str:
        """Read lines until one matches the pattern, and return its first group."""
        assert self.process.stdout is not None
        while line := (await self.process.stdout.readline()).decode():
            if found := re.search(pattern, line):
                return found[1]
        raise AssertionError(f"ended without a line like {pattern}")

    async def harness_status(self) -> dict[str, dict[str, int | None]]:
        """Return the harness status that the page gets."""
        async with aiohttp.ClientSession() as session, session.get(self.url + "harness") as answer:
            status: dict[str, dict[str, int | None]] = await answer.json()
            return status


@asynccontextmanager
async def sandbox(temporary_folder: Path) -> AsyncIterator[Sandbox]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "boss_bot_core", "sandbox", "--no-browser", "--log"),
        env={**os.environ, "TMPDIR": str(temporary_folder), "PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    running = Sandbox(process, temporary_folder)
    try:
        running.url = await running.find_line(r"open: (\S+)")
        await running.find_line(r"(connected to Gateway)")
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def descendants(pid: int) -> set[int]:
    """Return the current descendants of a process."""
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


async def wait_until_ended(pids: set[int]) -> None:
    """Wait until none of the processes runs; a zombie counts as ended."""
    async with asyncio.timeout(20):
        while any(_alive(pid) for pid in pids):
            await asyncio.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


async def test_ctrl_c_ends_all_processes_and_leaves_no_file(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as running:
        pids = descendants(running.process.pid)
        assert len(pids) >= 2
        running.process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(running.process.wait(), 30) == 0
        await wait_until_ended(pids)
    assert list(tmp_path.iterdir()) == []


async def test_sigkill_ends_all_processes(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as running:
        pids = descendants(running.process.pid)
        assert len(pids) >= 2
        running.process.kill()
        await running.process.wait()
        await wait_until_ended(pids)


@pytest.mark.timeout(180)
async def test_a_killed_bot_is_restarted_and_logs_in_again(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as running:
        first = (await running.harness_status())["bot"]["pid"]
        assert first is not None
        below = descendants(first)
        os.kill(first, signal.SIGKILL)
        assert await running.find_line(r"has ended with (-\d+)") == "-9"
        second = int(await running.find_line(r"is started, process (\d+)"))
        await wait_until_ended(below)
        await running.find_line(r"(connected to Gateway)")
        assert (await running.harness_status())["bot"] == {"pid": second, "starts": 2, "exit_code": -9}
