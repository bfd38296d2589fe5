"""The links that a matcher is asked about, until it has had enough of them.

From a job to the hooks that do it, and from what they return to the worker's last word.
A worker's life, from the fork to its last word.
"""

import os
import select
import signal
import socket
import traceback
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import ErrorReport, FileRejectedError, report_of
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.plugin.stages import FileFacts, FileToInspect
from boss_bot_core.worker.child.output import to_hook_failed
from boss_bot_core.worker.child.reporter import Reporter
from boss_bot_core.worker.child.setup import detach_from_zygote, prepare_environment
from boss_bot_core.worker.messages import (
    DownloadFinished,
    DownloadJob,
    InspectFinished,
    InspectJob,
    Matched,
    MatchFinished,
    PostProcessFinished,
    PostProcessJob,
    StartJob,
    WorkerJob,
    decode,
)
from boss_bot_core.worker.messages.events import JobResult

MAX_LINKS = 1_000
"""Links that one worker matches: what a plugin remembers of them must be forgotten some time."""

IDLE_TIMEOUT_S = 2.0
"""How long it waits for the next: it costs 20 MB, and a bot that nobody hurries can fork again (measured)."""


def read_links(lines: BinaryIO) -> Iterator[Link]:
    """Yield links as they come: at most `LINKS`, until none came for `IDLE_S` or the bot closed its end.

    Args:
        lines: Of a socket. The first may wait in its buffer, the others not: they are sent after an answer.
    """
    for number in range(MAX_LINKS):
        is_there = number == 0 or select.select([lines], [], [], IDLE_TIMEOUT_S)[0]
        if not is_there or not (line := lines.readline()):
            return
        yield decode(line, Link)


def run_hook(job: WorkerJob, lines: BinaryIO, manager: PluginManager, reporter: Reporter) -> JobResult:
    """Do `job` with the plugins in use.

    Args:
        job: What to do.
        lines: What else the bot says.
        manager: The plugins, warm.
        reporter: Who tells what is going on.

    Raises:
        Exception: Whatever a plugin raises, a rejected file excepted.
    """
    if isinstance(job, DownloadJob):
        return DownloadFinished(result=manager.download(job.plugin, job.to_request(reporter.report)))
    if isinstance(job, InspectJob):
        return InspectFinished(outcomes=tuple(_inspect_file(file, manager) for file in job.files))
    if isinstance(job, PostProcessJob):
        return PostProcessFinished(result=manager.post_process(job.request))
    for link in read_links(lines):
        reporter.send_matched(Matched(claims=manager.match(link)))
    return MatchFinished()


def _inspect_file(file: FileToInspect, manager: PluginManager) -> FileFacts | ErrorReport:
    try:
        return manager.inspect_file(file)
    except FileRejectedError as exc:
        return report_of(exc)


def run_worker(channel: socket.socket, manager: PluginManager, zygote_pid: int) -> NoReturn:
    """Be a worker: read the job from `channel`, do it, tell, and end; never returns into the zygote's loop."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        channel = detach_from_zygote(channel, zygote_pid)
        with channel.makefile("rb") as lines:
            line = lines.readline()
            if line:
                _run_job(decode(line, StartJob), lines, manager, Reporter(channel))
        code = 0
    except BaseException:  # noqa: BLE001 - nothing may go up into the zygote's loop; until it settles, this is its log
        traceback.print_exc()
    finally:
        os._exit(code)


def _run_job(start_job: StartJob, lines: BinaryIO, manager: PluginManager, reporter: Reporter) -> None:
    try:
        prepare_environment(start_job, reporter)
        reporter.send_result(run_hook(start_job.job, lines, manager, reporter))
    except BaseException as exc:  # noqa: BLE001 - whatever an engine raises, SystemExit too, the bot is told
        reporter.send_result(to_hook_failed(exc))
