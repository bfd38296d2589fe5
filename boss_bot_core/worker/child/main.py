"""Entry point of a worker process, from the fork to its result: reads a job and runs its hooks."""

import os
import signal
import socket
import traceback
from typing import BinaryIO, NoReturn

from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.worker.child.failure import check_own_result, to_hook_failed
from boss_bot_core.worker.child.job_hooks import run_hook
from boss_bot_core.worker.child.reporter import Reporter
from boss_bot_core.worker.child.setup import detach_from_zygote, prepare_environment
from boss_bot_core.worker.messages import (
    StartJob,
    decode,
)


def run_worker(channel: socket.socket, manager: PluginManager, zygote_pid: int) -> NoReturn:
    """Read the job from `channel`, run it, send its result and exit; never returns into the zygote's loop."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        channel = detach_from_zygote(channel, zygote_pid)
        with channel.makefile("rb") as lines:
            line = lines.readline()
            if line:
                _run_job(decode(line, StartJob), lines, manager, Reporter(channel, lambda: manager.running_plugin))
        code = 0
    except BaseException:  # noqa: BLE001 - no exception may reach the zygote's loop; before setup, stderr is the log
        traceback.print_exc()
    finally:
        os._exit(code)


def _run_job(start_job: StartJob, lines: BinaryIO, manager: PluginManager, reporter: Reporter) -> None:
    try:
        prepare_environment(start_job, reporter)
        result = run_hook(start_job.job, lines, manager, reporter)
        reporter.send_result(check_own_result(start_job.job, result, manager))
    except BaseException as exc:  # noqa: BLE001 - every exception of an engine, SystemExit included, is reported
        reporter.send_result(to_hook_failed(exc, manager.running_plugin))
