"""Processes for one call of a download hook each, for tests.

They are forked from a process that has loaded the engine once, as the bot's workers are: loading it takes longer than
a small download.
"""

import atexit
import functools
import importlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import traceback

import attrs

from boss_bot_core.plugin import Described, DownloadFailedError, DownloadRequest, DownloadResult, Progress
from boss_bot_gallerydl.engine import warm_up

Outcome = tuple[list[Progress | Described], DownloadResult | DownloadFailedError]
"""The reports of a hook, and what it returned or raised."""

_PID_BYTES = 4


@attrs.frozen
class HookProcess:
    """A running call of a download hook, in the process `pid`."""

    pid: int
    _channel: socket.socket = attrs.field(alias="channel", repr=False)

    def kill(self) -> None:
        """Kill the process, and wait until it is gone."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def wait(self) -> Outcome | None:
        """Wait for the outcome, and return it; None if the process died."""
        with self._channel, self._channel.makefile("rb") as file:
            answer = file.read()
        return pickle.loads(answer) if answer else None  # noqa: S301 - our own process wrote it


def start_hook(plugin: str, request: DownloadRequest) -> HookProcess:
    """Start the download hook of a plugin's module; raises RuntimeError when no process can be started."""
    server = _start_server()
    ours, theirs = socket.socketpair()
    with theirs:
        socket.send_fds(server, [b"f"], [theirs.fileno()])
    pid = server.recv(_PID_BYTES, socket.MSG_WAITALL)
    if not pid:
        raise RuntimeError("the process that forks the others has died; standard error has its traceback")
    with ours.makefile("wb") as file:
        pickle.dump((sys.path, plugin, request), file)
    ours.shutdown(socket.SHUT_WR)
    return HookProcess(int.from_bytes(pid), ours)


@functools.cache
def _start_server() -> socket.socket:
    """Start the process that forks the others; it ends when the returned connection is closed, or with this process."""
    ours, theirs = socket.socketpair()
    with theirs:
        server = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", __name__, str(theirs.fileno())], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
        )

    def stop() -> None:
        ours.close()
        server.wait()

    atexit.register(stop)
    return ours


def _serve(control: socket.socket) -> None:
    warm_up()
    # The kernel reaps the children: their outcome comes over their channel.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        _, received, _, _ = socket.recv_fds(control, 1, 1)
        if not received:
            return
        with socket.socket(fileno=received[0]) as channel:
            pid = os.fork()
            if pid == 0:
                control.close()
                _run_and_exit(channel)
        control.sendall(pid.to_bytes(_PID_BYTES))


def _run_and_exit(channel: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        with channel.makefile("rb") as file:
            sys.path[:], plugin, request = pickle.load(file)  # noqa: S301 - the test wrote it
        outcome = _run_hook(plugin, request)
        with channel.makefile("wb") as file:
            pickle.dump(outcome, file)
    except BaseException:  # noqa: BLE001 - the traceback is all that the test learns about it
        traceback.print_exc()
    os._exit(0)


def _run_hook(plugin: str, request: DownloadRequest) -> Outcome:
    reports: list[Progress | Described] = []
    try:
        return reports, importlib.import_module(plugin).bossbot_download(attrs.evolve(request, report=reports.append))
    except DownloadFailedError as exc:
        return reports, exc


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
