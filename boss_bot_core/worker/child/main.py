"""Entry point of a worker process, from the fork to its result: runs the hook that a job names."""

import os
import select
import signal
import socket
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import ErrorReport, FileRejectedError, build_report
from boss_bot_core.plugin.declared_settings import unpack_settings
from boss_bot_core.plugin.inspection import FileFacts, FileToInspect
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.worker.child.failure import check_own_result, to_hook_failed
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

MAX_LINKS_PER_WORKER = 1_000
"""Most links that one worker matches, so that memory that plugins keep for each link is freed at some time."""

IDLE_TIMEOUT_S = 2.0
"""How long a worker waits for the next link: it uses 20 MB (measured), and an idle bot has time to fork again."""


def read_links(lines: BinaryIO) -> Iterator[Link]:
    """Yield links as they arrive: at most `MAX_LINKS`, until none arrives for `IDLE_TIMEOUT_S` or the bot closes.

    Args:
        lines: Buffered file of the job's socket. Only the first link can be in its buffer already, where select does
            not see it; each further link is sent after an answer.
    """
    for number in range(MAX_LINKS_PER_WORKER):
        is_readable = number == 0 or select.select([lines], [], [], IDLE_TIMEOUT_S)[0]
        if not is_readable or not (line := lines.readline()):
            return
        yield decode(line, Link)


def run_hook(job: WorkerJob, lines: BinaryIO, manager: PluginManager, reporter: Reporter) -> JobResult:
    """Run the hooks of `job`, which reads its links from `lines` if it matches links, and return its result.

    Raises:
        Exception: Any exception of a plugin, except a file's rejection, which is part of the result.
    """
    if isinstance(job, DownloadJob):
        settings = manager.get_settings(job.plugin)
        request = job.to_request(reporter.report, write_cookies(job.cookies), settings)
        return DownloadFinished(result=manager.download(job.plugin, request))
    if isinstance(job, InspectJob):
        return InspectFinished(outcomes=tuple(_inspect_file(file, manager) for file in job.files))
    if isinstance(job, PostProcessJob):
        for name, packed in job.plugin_settings.items():
            manager.configure(name, unpack_settings(packed, manager.get_settings(name)))
        return PostProcessFinished(result=manager.post_process(job.to_request(reporter.report)))
    for link in read_links(lines):
        reporter.send_matched(Matched(results=manager.match(link, loads_engines=False)))
    return MatchFinished()


def write_cookies(text: str) -> Path | None:
    """Return a file in memory with the cookies: they are never on the disk, and gone with the worker."""
    if not text:
        return None
    descriptor = os.memfd_create("cookies")
    with open(descriptor, "w", encoding="ascii", closefd=False) as file:
        file.write(text)
    return Path(f"/proc/self/fd/{descriptor}")


def _inspect_file(file: FileToInspect, manager: PluginManager) -> FileFacts | ErrorReport:
    try:
        return manager.inspect_file(file)
    except FileRejectedError as exc:
        return build_report(exc)


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
