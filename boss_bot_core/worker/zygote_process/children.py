"""The zygote's children: forking, signalling and reaping them, with nobody left behind.

Only the parent may do this safely: until it reaps a child, the child's pid cannot become somebody else's.
"""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.worker.child.main import run_worker

_SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP, "continue": signal.SIGCONT}


class ChildProcesses:
    """The workers that live."""

    def __init__(self, manager: PluginManager) -> None:
        self._manager = manager
        self._pids: dict[int, int] = {}
        self._children_file = Path(f"/proc/self/task/{os.getpid()}/children")

    def fork(self, worker_id: int, channel: socket.socket) -> int:
        """Fork a worker that talks over `channel`, and return its pid.

        Raises:
            OSError: The machine has no process or memory left.
        """
        zygote = os.getpid()
        pid = os.fork()
        if pid == 0:
            run_worker(channel, self._manager, zygote)
        self._pids[worker_id] = pid
        return pid

    def send_signal(self, worker_id: int, signal_name: Literal["kill", "stop", "continue"]) -> None:
        """Send a signal to a worker's group; one that ended meanwhile is none of our business."""
        pid = self._pids.get(worker_id)
        if pid is not None:
            _signal_group(pid, _SIGNALS[signal_name])

    def reap(self) -> Iterator[tuple[int, int]]:
        """Collect everything that ended; yield worker and exit code of each worker among it."""
        while (ended := _find_exited()) is not None:
            worker = next((name for name, pid in self._pids.items() if pid == ended), None)
            if worker is not None:
                # Before reaping: as long as the leader is a zombie, the group's number is its own.
                _signal_group(ended, signal.SIGKILL)
            _, status = os.waitpid(ended, 0)
            if worker is not None:
                del self._pids[worker]
                self._kill_orphans()
                yield worker, os.waitstatus_to_exitcode(status)

    def kill_all(self) -> None:
        """Kill every worker with its group, and what they left."""
        for pid in self._pids.values():
            _signal_group(pid, signal.SIGKILL)
        while self._pids or self._list_orphans():
            for _ in self.reap():
                pass
            self._kill_orphans()
            with suppress(ChildProcessError):
                os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)

    def _kill_orphans(self) -> None:
        """Kill what a worker started in a group of its own, and what came to us when its parent ended."""
        for pid in self._list_orphans():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _list_orphans(self) -> set[int]:
        return {int(pid) for pid in self._children_file.read_text().split()} - set(self._pids.values())


def _find_exited() -> int | None:
    try:
        found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return None
    return None if found is None else found.si_pid


def _signal_group(pid: int, signal_number: int) -> None:
    try:
        os.killpg(pid, signal_number)
    except ProcessLookupError:
        # It was forked a moment ago and leads no group yet.
        with suppress(ProcessLookupError):
            os.kill(pid, signal_number)
