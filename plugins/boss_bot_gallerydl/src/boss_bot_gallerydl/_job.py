"""gallery-dl's download job, extended to keep its exceptions, to count files, and to decide which links it follows.

`DownloadJob.run` reduces every failure to a bit of its status and a log line.
"""

from collections.abc import Iterable
from typing import Any, Optional

from gallery_dl import exception
from gallery_dl.job import DownloadJob

from boss_bot_gallerydl import _links
from boss_bot_gallerydl._download_run import DownloadRun
from boss_bot_gallerydl._file_download import FileDownload
from boss_bot_gallerydl._http_adapter import record_session
from boss_bot_gallerydl._output import ReportingOutput
from boss_bot_gallerydl._rate_limit import limit_extractor_wait
from boss_bot_gallerydl._site_profile import Metadata


class MediaJob(DownloadJob):  # type: ignore[misc]  # gallery-dl ships no types
    """A job of a download run.

    Args:
        extractor: gallery-dl's extractor.
        parent: The job whose post contains the link, for a child job; gallery-dl creates child jobs itself.
        download_run: The download run, for the first job; a child job takes its parent's.

    Attributes:
        download_run: The download run.
        current_file: The file that the job currently fetches.
        failure: Exception that ended the job early, or None.
        depth: Number of links between the first job and this one.
        children: Jobs of the links that were followed.
    """

    def __init__(
        self,
        extractor: Any,  # noqa: ANN401 - gallery-dl ships no types
        parent: Optional["MediaJob"] = None,
        *,
        download_run: DownloadRun | None = None,
    ) -> None:
        super().__init__(extractor, parent)
        self.out = ReportingOutput(self)
        self.download_run: DownloadRun = download_run or parent.download_run  # type: ignore[union-attr]  # one of the two is given
        self.current_file: FileDownload
        self.failure: Exception | None = None
        self.depth: int = parent.depth + 1 if parent else 0
        self.children: list[MediaJob] = []
        if parent is not None:
            parent.children.append(self)

    def run(self) -> int:
        """Run the job; an exception is kept in `failure`."""
        run = self.download_run
        try:
            self.extractor.initialize()
            # The extractor of a profile only lists other extractors, and has no session.
            if (session := getattr(self.extractor, "session", None)) is not None:
                record_session(session, run.traffic, run.request.ca_file)
            limit_extractor_wait(self.extractor)
            run.profile.prepare_extractor(self.extractor)
            return int(super().run())
        except Exception as exc:  # noqa: BLE001 - an extractor may raise anything; the download run translates it
            self.failure = exc
            return 1

    def dispatch(self, messages: Iterable[Any]) -> Any:  # noqa: ANN401 - gallery-dl's own signature
        """Keep the exceptions that gallery-dl's `run` discards."""
        try:
            return super().dispatch(messages)
        except exception.StopExtraction:
            raise
        except Exception as exc:
            self.failure = exc
            raise

    def handle_directory(self, kwdict: Metadata) -> None:
        """Read a post."""
        self.download_run.add_post(kwdict)
        super().handle_directory(kwdict)

    def handle_url(self, url: str, kwdict: Metadata) -> None:
        """Fetch a file."""
        if not self.download_run.profile.is_requested_file(kwdict):
            return
        self._stop_at_file_limit()
        self.current_file = FileDownload(self, url, kwdict)
        if self.current_file.prepare(url):
            super().handle_url(url, kwdict)
        self.current_file.finish(url)

    def download(self, url: str) -> bool:
        """Fetch the current file from one of its addresses."""
        self.get_downloader("https")
        self.current_file.start_address()
        return self.current_file.finish_address(url, succeeded=super().download(url))

    def handle_skip(self) -> None:
        """Skip a file."""
        self.current_file.skip()
        super().handle_skip()

    def handle_queue(self, url: str, kwdict: Metadata) -> None:
        """Follow a link inside a post, if it may be followed."""
        self._stop_at_file_limit()
        if url in self.visited or not _links.accept_link(self, url, kwdict):
            return
        count_before = len(self.download_run.files.entries)
        self.download_run.traffic.reset()
        super().handle_queue(url, kwdict)
        _links.record_link_result(self, self.children[-1], url, count_before)

    def _stop_at_file_limit(self) -> None:
        files = self.download_run.files
        if len(files.entries) >= self.download_run.profile.max_files:
            files.is_truncated = True
            raise exception.StopExtraction
