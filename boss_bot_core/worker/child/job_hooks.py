"""Runs the hooks of one job in its worker, with the settings, the cookies and the links that the job brings."""

import os
import select
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.worker.child.inspection import configure, inspect_files
from boss_bot_core.worker.child.reporter import Reporter
from boss_bot_core.worker.messages import (
    DownloadFinished,
    DownloadJob,
    InspectJob,
    Matched,
    MatchFinished,
    PostProcessFinished,
    PostProcessJob,
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
        return inspect_files(job, manager)
    if isinstance(job, PostProcessJob):
        for name, packed in job.plugin_settings.items():
            configure(manager, name, packed)
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
