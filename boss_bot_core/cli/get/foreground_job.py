"""The job of a download hook that runs in the foreground: what a worker gets, and a printed line for each report."""

import math
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import attrs
from loguru import logger

from boss_bot_core.app.cookies import CookieStore
from boss_bot_core.app.worker_setup import check_authority, choose_ffmpeg
from boss_bot_core.cli.get.proxy_thread import run_proxy_thread
from boss_bot_core.cli.get.request import GetRequest
from boss_bot_core.egress import Lease
from boss_bot_core.log import hide_secrets
from boss_bot_core.plugin import Described, DownloadResult, Progress
from boss_bot_core.plugin.download_result import Report
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.routing import Candidate
from boss_bot_core.settings import Settings
from boss_bot_core.worker import DownloadFinished, DownloadJob
from boss_bot_core.worker.child.failure import check_own_result
from boss_bot_core.worker.child.job_hooks import write_cookies


@attrs.frozen(kw_only=True)
class ForegroundJob:
    """A download job that runs in this process.

    Attributes:
        job: The job, as a worker would get it.
        lease: Its lease of the proxy.
    """

    job: DownloadJob
    lease: Lease

    def run(self, manager: PluginManager) -> DownloadResult:
        """Call the download hook in this thread and return its checked result; raises what the hook raises."""
        settings = manager.get_settings(self.job.plugin)
        request = self.job.to_request(_build_report_printer(), write_cookies(self.job.cookies), settings)
        result = manager.download(self.job.plugin, request)
        check_own_result(self.job, DownloadFinished(result=result), manager)
        return result


@contextmanager
def open_foreground_job(settings: Settings, request: GetRequest, candidate: Candidate) -> Iterator[ForegroundJob]:
    """Run a proxy until the block is left, and yield the job for a candidate, with a new folder in the request's."""
    with run_proxy_thread(settings) as lease:
        hide_secrets(lease.proxy_url, urlsplit(lease.proxy_url).password or "")
        yield ForegroundJob(job=_build_job(settings, request, candidate, lease), lease=lease)


def _build_report_printer() -> Report:
    """Return a report function that prints all descriptions, and at most one progress a second."""
    printed_at = -math.inf

    def print_report(event: Progress | Described) -> None:
        nonlocal printed_at
        if isinstance(event, Described) or time.monotonic() - printed_at >= 1.0:
            printed_at = time.monotonic()
            logger.debug("Report: {}", event)

    return print_report


def _build_job(settings: Settings, request: GetRequest, candidate: Candidate, lease: Lease) -> DownloadJob:
    request.folder.mkdir(parents=True, exist_ok=True)
    cookies = CookieStore(settings.download.cookies).find(candidate.plugin)
    return DownloadJob(
        plugin=candidate.plugin,
        cookies="" if cookies is None else cookies.to_netscape(),
        url=candidate.match.url,
        media_key=candidate.match.media_key,
        directory=Path(tempfile.mkdtemp(prefix=f"debug-{candidate.plugin}-", dir=request.folder)),
        options=request.options,
        max_file_size_bytes=request.max_file_size_bytes,
        target_file_size_bytes=request.max_file_size_bytes,
        proxy_url=lease.proxy_url,
        ca_file=check_authority(settings.network.ca_file),
        ffmpeg=choose_ffmpeg(settings.download.ffmpeg),
    )
