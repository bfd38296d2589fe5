"""Entry: `python -P -m boss_bot_core.worker.zygote_process CONTROL_FD BOT_PID`, started by the bot only."""

import gc
import os
import signal
import socket
import sys

from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.worker.confinement.landlock_rules import list_code_paths
from boss_bot_core.worker.linux import adopt_orphans, die_with_parent
from boss_bot_core.worker.messages import FromZygote, LoadPlugins, Ready, ToZygote, decode, encode
from boss_bot_core.worker.zygote_process.loop import CONTROL_LIMIT_BYTES, run_loop


def main(control_fd: int, bot_pid: int) -> None:
    """Warm up, say so, fork workers until the bot is gone."""
    # Not SIGKILL: the zygote must still end the workers' groups, which `serve` does on its way out.
    die_with_parent(signal.SIGTERM, bot_pid)
    adopt_orphans()
    control = socket.socket(fileno=control_fd)
    os.set_inheritable(control_fd, False)
    message = control.recv(CONTROL_LIMIT_BYTES)
    if not message:
        return
    wish: ToZygote = decode(message, ToZygote)
    if not isinstance(wish, LoadPlugins):
        raise TypeError(wish)
    manager = _load_plugins(wish)
    ready = Ready(loaded=tuple(manager.loaded), failures=tuple(manager.failures))
    control.send(encode(ready, FromZygote))
    run_loop(control, manager)


def _load_plugins(message: LoadPlugins) -> PluginManager:
    manager = PluginManager.load(frozenset(message.disabled))
    manager.warm_up()
    list_code_paths()
    # What is frozen is never touched by a worker's garbage collector, so its pages stay shared.
    gc.collect()
    gc.freeze()
    return manager


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
