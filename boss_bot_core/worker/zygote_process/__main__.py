"""Entry point of the zygote: `python -P -m boss_bot_core.worker.zygote_process CONTROL_FD BOT_PID`, run by the bot."""

import gc
import os
import signal
import socket
import sys

from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.worker.confinement.landlock_rules import list_readable_paths
from boss_bot_core.worker.linux import adopt_orphans, die_with_parent
from boss_bot_core.worker.messages import (
    CONTROL_PACKET_LIMIT_BYTES,
    FromZygote,
    LoadPlugins,
    Ready,
    ToZygote,
    decode,
    encode,
)
from boss_bot_core.worker.zygote_process.loop import run_loop


def main(control_fd: int, bot_pid: int) -> None:
    """Load the plugins, report `Ready`, then fork workers until the bot exits."""
    # Not SIGKILL: the zygote must still kill the workers' process groups, which `run_loop` does before it returns.
    die_with_parent(signal.SIGTERM, bot_pid)
    adopt_orphans()
    control = socket.socket(fileno=control_fd)
    os.set_inheritable(control_fd, False)
    packet = control.recv(CONTROL_PACKET_LIMIT_BYTES)
    if not packet:
        return
    message: ToZygote = decode(packet, ToZygote)
    if not isinstance(message, LoadPlugins):
        raise TypeError(message)
    manager = _load_plugins(message)
    ready = Ready(loaded=tuple(manager.loaded), failures=tuple(manager.failures), readable=list_readable_paths())
    control.send(encode(ready, FromZygote))
    run_loop(control, manager)


def _load_plugins(message: LoadPlugins) -> PluginManager:
    manager = PluginManager.load(frozenset(message.disabled))
    manager.warm_up()
    list_readable_paths()
    # A worker's garbage collector never touches frozen objects, so their memory pages stay shared.
    gc.collect()
    gc.freeze()
    return manager


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
