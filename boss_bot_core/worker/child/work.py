"""From a job to the hooks that do it, and from what they return to the worker's last word."""

from typing import BinaryIO

from boss_bot_core.errors import ErrorReport, FileRejectedError, report_of
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.plugin.stages import FileFacts, FileToInspect
from boss_bot_core.worker.child.links import links
from boss_bot_core.worker.child.reporter import Reporter
from boss_bot_core.worker.messages import (
    DownloadFinished,
    DownloadJob,
    InspectFinished,
    InspectJob,
    Job,
    Matched,
    MatchFinished,
    PostProcessFinished,
    PostProcessJob,
)
from boss_bot_core.worker.messages.events import LastWord


def perform(job: Job, lines: BinaryIO, manager: PluginManager, reporter: Reporter) -> LastWord:
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
        return DownloadFinished(result=manager.download(job.plugin, job.request(reporter.report)))
    if isinstance(job, InspectJob):
        return InspectFinished(outcomes=tuple(_inspected(file, manager) for file in job.files))
    if isinstance(job, PostProcessJob):
        return PostProcessFinished(result=manager.post_process(job.request))
    for link in links(lines):
        reporter.answer(Matched(claims=manager.match(link)))
    return MatchFinished()


def _inspected(file: FileToInspect, manager: PluginManager) -> FileFacts | ErrorReport:
    try:
        return manager.inspect_file(file)
    except FileRejectedError as exc:
        return report_of(exc)
