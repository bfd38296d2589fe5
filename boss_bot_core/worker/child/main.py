"""A worker's life, from the fork to its last word."""

import os
import signal
import socket
import traceback
from typing import BinaryIO, NoReturn

from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.worker.child.failing import as_last_word
from boss_bot_core.worker.child.reporter import Reporter
from boss_bot_core.worker.child.settling import furnish, settle
from boss_bot_core.worker.child.work import perform
from boss_bot_core.worker.messages import Assignment, decode


def run_worker(channel: socket.socket, manager: PluginManager, zygote: int) -> NoReturn:
    """Be a worker: read the job from `channel`, do it, tell, and end; never returns into the zygote's loop."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        channel = settle(channel, zygote)
        with channel.makefile("rb") as lines:
            line = lines.readline()
            if line:
                _work(decode(line, Assignment), lines, manager, Reporter(channel))
        code = 0
    except BaseException:  # noqa: BLE001 - nothing may go up into the zygote's loop; until it settles, this is its log
        traceback.print_exc()
    finally:
        os._exit(code)


def _work(assignment: Assignment, lines: BinaryIO, manager: PluginManager, reporter: Reporter) -> None:
    try:
        furnish(assignment, reporter)
        reporter.finish(perform(assignment.job, lines, manager, reporter))
    except BaseException as exc:  # noqa: BLE001 - whatever an engine raises, SystemExit too, the bot is told
        reporter.finish(as_last_word(exc))
