"""The zygote's event loop: handles the bot's control messages and reports workers that have exited."""

import contextlib
import gc
import os
import selectors
import signal
import socket
from types import FrameType
from typing import NoReturn

from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.worker.confinement.landlock_rules import list_readable_paths
from boss_bot_core.worker.messages import (
    CONTROL_PACKET_LIMIT_BYTES,
    Exited,
    Fork,
    Forked,
    ForkFailed,
    FromZygote,
    MatchedLink,
    Ready,
    SendSignal,
    ToZygote,
    WarmUp,
    decode,
    encode,
)
from boss_bot_core.worker.zygote_process.children import ChildProcesses


class _StopRequested(BaseException):
    """SIGTERM arrived. A warm-up that it interrupts ends with it: `SystemExit` would be taken for the plugin's own."""


def run_loop(control: socket.socket, manager: PluginManager, matched: MatchedLink | None = None) -> None:
    """Report `Ready`, then serve the bot until it closes `control` or SIGTERM arrives; then kill every worker."""
    wakeup_reader, wakeup_writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(wakeup_writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)  # the wake-up descriptor reports it
    signal.signal(signal.SIGTERM, _request_stop)
    children = ChildProcesses(manager)
    try:
        try:
            _report_ready(control, manager, matched)
            with selectors.DefaultSelector() as selector:
                selector.register(control, selectors.EVENT_READ)
                selector.register(wakeup_reader, selectors.EVENT_READ)
                while _run_once(selector, control, wakeup_reader, children, manager):
                    pass
        finally:
            # A bot that is killed closes `control` and has SIGTERM sent: the second may arrive after the loop, here.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
    except (_StopRequested, ConnectionError):
        pass  # the bot is gone
    finally:
        children.kill_all()


def _report_ready(control: socket.socket, manager: PluginManager, matched: MatchedLink | None = None) -> None:
    # Workers need the list: it is cached before the first fork.
    readable = list_readable_paths()
    if not manager.engines.cold:
        gc.collect()
    # A worker's garbage collector never touches frozen objects, so their memory pages stay shared.
    gc.freeze()
    ready = Ready(
        loaded=tuple(manager.loaded),
        platforms=tuple(manager.platforms()),
        cold=manager.engines.cold,
        failures=tuple(manager.failures),
        readable=readable,
        matched=matched,
    )
    control.send(encode(ready, FromZygote))


def _run_once(
    selector: selectors.BaseSelector,
    control: socket.socket,
    wakeup_reader: int,
    children: ChildProcesses,
    manager: PluginManager,
) -> bool:
    ready = {key.fd for key, _ in selector.select()}
    if wakeup_reader in ready:
        with contextlib.suppress(BlockingIOError):
            os.read(wakeup_reader, 4096)
    for worker_id, code in children.reap():
        control.send(encode(Exited(worker_id=worker_id, code=code), FromZygote))
    return control.fileno() not in ready or _handle_message(control, children, manager)


def _handle_message(control: socket.socket, children: ChildProcesses, manager: PluginManager) -> bool:
    packet, descriptors, _, _ = socket.recv_fds(control, CONTROL_PACKET_LIMIT_BYTES, 1)
    if not packet:
        return False
    message: ToZygote = decode(packet, ToZygote)
    if isinstance(message, Fork):
        with socket.socket(fileno=descriptors[0]) as channel:
            answer = _fork_worker(children, message.worker_id, channel)
        control.send(encode(answer, FromZygote))
    elif isinstance(message, WarmUp):
        manager.engines.warm_up(message.plugins)
        _report_ready(control, manager)
    elif isinstance(message, SendSignal):
        children.send_signal(message.worker_id, message.signal)
    return True


def _fork_worker(children: ChildProcesses, worker_id: int, channel: socket.socket) -> Forked | ForkFailed:
    try:
        return Forked(worker_id=worker_id, pid=children.fork(worker_id, channel))
    except OSError as exc:
        return ForkFailed(worker_id=worker_id, reason=str(exc.strerror))


def _request_stop(number: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)
    raise _StopRequested
