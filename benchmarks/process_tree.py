"""The memory of a process and its descendants as summed PSS, which counts each shared page only once."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path

from boss_bot_core.domain.sizes import MEGABYTE


def list_process_tree(root: int) -> Iterator[int]:
    """Yield the ids of the process `root` and of its descendants, children after their parents."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and (parent := _read_parent_pid(folder)) is not None:
            children.setdefault(parent, []).append(int(folder.name))
    open_pids = [root]
    while open_pids:
        pid = open_pids.pop()
        yield pid
        open_pids += children.get(pid, [])


def sum_pss_bytes(root: int) -> int:
    """Return the summed PSS of the process `root` and its descendants; a process that ends meanwhile counts as 0."""
    return sum(_read_pss_bytes(pid) for pid in list_process_tree(root))


async def watch_memory(bot_pid: int, peak: Counter[str]) -> None:
    """Keep in `peak` the megabytes of each kind of process at the moment when they are the most together."""
    while True:
        now = await asyncio.to_thread(measure_memory, bot_pid)
        if now.total() > peak.total():
            peak.clear()
            peak.update(now)
        await asyncio.sleep(0.3)


def measure_memory(bot_pid: int) -> Counter[str]:
    """Return the megabytes of each kind of process."""
    found = Counter[str]()
    for pid, kind in zip(list_process_tree(bot_pid), chain(("bot", "zygote"), repeat("workers")), strict=False):
        found["ffmpeg" if _read_name(pid).startswith("ffmpeg") else kind] += round(_read_pss_bytes(pid) / MEGABYTE)
    return found


def is_running(program: str, root: int) -> bool:
    """Return whether a program runs in the tree of a process, by the beginning of its name."""
    return any(_read_name(pid).startswith(program) for pid in list_process_tree(root))


def _read_name(pid: int) -> str:
    """Return the name of a process's program; empty when it has ended."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _read_pss_bytes(pid: int) -> int:
    """Return the PSS of one process; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _read_parent_pid(folder: Path) -> int | None:
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None
