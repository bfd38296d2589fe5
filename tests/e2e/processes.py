"""Lists a process's descendants from /proc, each with its start time because the kernel reuses pids."""

import time
from pathlib import Path

import attrs


@attrs.frozen
class Process:
    """A process, identified by its pid and its start time in ticks since boot."""

    pid: int
    started: int


def _read_stat(pid: int) -> list[str] | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return text.rpartition(")")[2].split()


def list_descendants(pid: int) -> set[Process]:
    """Return the process `pid` and every process that descends from it."""
    parents: dict[int, list[int]] = {}
    stats = {int(path.name): _read_stat(int(path.name)) for path in Path("/proc").iterdir() if path.name.isdecimal()}
    for child, stat in stats.items():
        if stat is not None:
            parents.setdefault(int(stat[1]), []).append(child)
    found: set[Process] = set()
    open_pids = [pid]
    while open_pids:
        current = open_pids.pop()
        stat = stats.get(current)
        if stat is not None:
            found.add(Process(current, int(stat[19])))
        open_pids += parents.get(current, [])
    return found


def is_alive(process: Process) -> bool:
    """Tell whether a process still runs; a zombie does not."""
    stat = _read_stat(process.pid)
    return stat is not None and stat[0] != "Z" and int(stat[19]) == process.started


def find_survivors(processes: set[Process], within_s: float) -> set[Process]:
    """Return the processes that still run after `within_s` seconds; return at once when none runs any more."""
    end = time.monotonic() + within_s
    while True:
        alive = {process for process in processes if is_alive(process)}
        if not alive or time.monotonic() > end:
            return alive
        time.sleep(0.02)
