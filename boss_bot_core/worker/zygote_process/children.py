"""`ChildProcesses`: forks, signals and reaps the zygote's workers, and kills every process that they leave behind.

Only the parent can do this safely: until it reaps a child, the kernel does not reuse the child's pid.
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
    """The running workers of this zygote."""

    def __init__(self, manager: PluginManager) -> None:
        self._manager = manager
        self._pids: dict[int, int] = {}
        self._children_file = Path(f"/proc/self/task/{os.getpid()}/children")

    def fork(self, worker_id: int, channel: socket.socket) -> int:
        """Fork a worker that communicates over `channel`; return its pid.

        Raises:
            OSError: The machine has no process or memory left.
        """
        zygote_pid = os.getpid()
        pid = os.fork()
        if pid == 0:
            run_worker(channel, self._manager, zygote_pid)
        self._pids[worker_id] = pid
        return pid

    def send_signal(self, worker_id: int, signal_name: Literal["kill", "stop", "continue"]) -> None:
        """Send a signal to a worker's process group; without effect if the worker has exited."""
        pid = self._pids.get(worker_id)
        if pid is not None:
            _signal_group(pid, _SIGNALS[signal_name])

    def reap(self) -> Iterator[tuple[int, int]]:
        """Reap every child that has exited; yield the id and the exit code of each worker among them."""
        while (exited_pid := _find_exited()) is not None:
            worker_id = next((number for number, pid in self._pids.items() if pid == exited_pid), None)
            if worker_id is not None:
                # Before reaping: as long as the group's leader is a zombie, the kernel does not reuse the group's id.
                _signal_group(exited_pid, signal.SIGKILL)
            _, status = os.waitpid(exited_pid, 0)
            if worker_id is not None:
                del self._pids[worker_id]
                self._kill_orphans()
                yield worker_id, os.waitstatus_to_exitcode(status)

    def kill_all(self) -> None:
        """Kill every worker with its process group, and every orphan."""
        for pid in self._pids.values():
            _signal_group(pid, signal.SIGKILL)
        while self._pids or self._list_orphans():
            for _ in self.reap():
                pass
            self._kill_orphans()
            with suppress(ChildProcessError):
                os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)

    def _kill_orphans(self) -> None:
        """Kill the processes that this zygote adopted: descendants of a worker outside its process group."""
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
        # The worker was forked a moment ago and leads no process group yet.
        with suppress(ProcessLookupError):
            os.kill(pid, signal_number)
