"""Entry point of the zygote, which `zygote_launch` starts with the control socket's descriptor and the bot's pid."""

import os
import signal
import socket
import sys
from typing import NoReturn

from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.worker.child.output import prepare_output
from boss_bot_core.worker.linux import adopt_orphans, die_with_parent
from boss_bot_core.worker.messages import CONTROL_PACKET_LIMIT_BYTES, LoadPlugins, ToZygote, decode
from boss_bot_core.worker.messages.codec import prepare_codec
from boss_bot_core.worker.zygote_process.first_link import warm_up_for_link
from boss_bot_core.worker.zygote_process.loop import run_loop


def main() -> NoReturn:
    """Load the plugins, report `Ready`, then warm up engines and fork workers until the bot exits."""
    _serve(int(sys.argv[1]), int(sys.argv[2]))
    os._exit(0)  # Python's own end takes as long as a small download


def _serve(control_fd: int, bot_pid: int) -> None:
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
    os.environ.update(message.environment)
    manager = PluginManager.load(frozenset(message.disabled))
    prepare_codec()
    prepare_output()
    if message.is_eager:
        manager.engines.warm_up(manager.engines.cold)
    run_loop(control, manager, None if message.link is None else warm_up_for_link(message.link, manager))
