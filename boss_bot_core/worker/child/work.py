"""From a job to the hooks that do it, and from what they return to the worker's last word."""

from boss_bot_core.errors import ErrorReport, FileRejectedError, report_of
from boss_bot_core.plugin.download import Report
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.plugin.stages import FileFacts, FileToInspect
from boss_bot_core.worker.messages import (
    DownloadFinished,
    DownloadJob,
    InspectFinished,
    InspectJob,
    Job,
    MatchFinished,
    PostProcessFinished,
    PostProcessJob,
)
from boss_bot_core.worker.messages.events import LastWord


def perform(job: Job, manager: PluginManager, report: Report) -> LastWord:
    """Do `job` with the plugins in use.

    Args:
        job: What to do.
        manager: The plugins, warm.
        report: Where a download tells what is going on.

    Raises:
        Exception: Whatever a plugin raises, a rejected file excepted.
    """
    if isinstance(job, DownloadJob):
        return DownloadFinished(result=manager.download(job.plugin, job.request(report)))
    if isinstance(job, InspectJob):
        return InspectFinished(outcomes=tuple(_inspected(file, manager) for file in job.files))
    if isinstance(job, PostProcessJob):
        return PostProcessFinished(result=manager.post_process(job.request))
    return MatchFinished(claims=manager.match(job.link))


def _inspected(file: FileToInspect, manager: PluginManager) -> FileFacts | ErrorReport:
    try:
        return manager.inspect_file(file)
    except FileRejectedError as exc:
        return report_of(exc)
