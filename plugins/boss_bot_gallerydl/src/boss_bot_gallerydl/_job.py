"""gallery-dl's download job, made to tell what it does.

`DownloadJob.run` turns every failure into a bit of its status and a log line; this subclass keeps the exceptions,
counts the files, and decides itself which links inside a post are followed.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Optional

from gallery_dl import exception
from gallery_dl.job import DownloadJob

from boss_bot_gallerydl import _links
from boss_bot_gallerydl._attempt import FileAttempt
from boss_bot_gallerydl._errand import Errand
from boss_bot_gallerydl._output import ReportingOutput
from boss_bot_gallerydl._patience import limit_patience
from boss_bot_gallerydl._wire import watch

Metadata = dict[str, Any]


class MediaJob(DownloadJob):  # type: ignore[misc]  # gallery-dl ships no types
    """A job of an errand.

    Args:
        extractor: gallery-dl's extractor.
        parent: The job whose post has the link, for a child; gallery-dl makes those itself.
        errand: The errand, for the first job.

    Attributes:
        errand: What it is for.
        attempt: The file at hand.
        failure: What ended the job early.
        depth: How many links it is away from the first job.
        children: The jobs of the links that were followed.
    """

    def __init__(self, extractor: Any, parent: Optional["MediaJob"] = None, *, errand: Errand | None = None) -> None:  # noqa: ANN401 - gallery-dl ships no types
        super().__init__(extractor, parent)
        self.out = ReportingOutput(self)
        self.errand: Errand = errand or parent.errand  # type: ignore[union-attr]  # one of the two is given
        self.attempt: FileAttempt
        self.failure: Exception | None = None
        self.depth: int = parent.depth + 1 if parent else 0
        self.children: list[MediaJob] = []
        if parent is not None:
            parent.children.append(self)

    def run(self) -> int:
        """Run the job; what went wrong is in `failure`."""
        try:
            self.extractor.initialize()
            watch(self.extractor.session, self.errand.evidence, self.errand.request.ca_file)
            limit_patience(self.extractor)
            self.errand.recipe.prepare(self.extractor)
            return int(super().run())
        except Exception as exc:  # noqa: BLE001 - whatever an extractor raises, the errand translates in one place
            self.failure = exc
            return 1

    def dispatch(self, messages: Iterable[Any]) -> Any:  # noqa: ANN401 - gallery-dl's own signature
        """Keep what gallery-dl's `run` swallows."""
        try:
            return super().dispatch(messages)
        except exception.StopExtraction:
            raise
        except Exception as exc:
            self.failure = exc
            raise

    def handle_directory(self, kwdict: Metadata) -> None:
        """Meet a post."""
        self.errand.met(kwdict)
        super().handle_directory(kwdict)

    def handle_url(self, url: str, kwdict: Metadata) -> None:
        """Fetch a file."""
        self._stop_when_full()
        self.attempt = FileAttempt(self, url, kwdict)
        if self.attempt.prepare(url):
            super().handle_url(url, kwdict)
        self.attempt.finish(url)

    def download(self, url: str) -> bool:
        """Try one of a file's addresses."""
        self.get_downloader("https")
        self.attempt.begin()
        return self.attempt.tried(url, done=super().download(url))

    def handle_skip(self) -> None:
        """Leave a file alone."""
        self.attempt.skipped()
        super().handle_skip()

    def settle(self, path: Path) -> None:
        """Take over a finished file."""
        self.attempt.settle(path)

    def handle_queue(self, url: str, kwdict: Metadata) -> None:
        """Follow a link inside a post, if it may be followed."""
        self._stop_when_full()
        if url in self.visited or not _links.may_follow(self, url, kwdict):
            return
        before = len(self.errand.ledger.entries)
        self.errand.evidence.forget()
        super().handle_queue(url, kwdict)
        _links.write_down(self, self.children[-1], url, before)

    def _stop_when_full(self) -> None:
        ledger = self.errand.ledger
        if len(ledger.entries) >= self.errand.recipe.max_files:
            ledger.overfull = True
            raise exception.StopExtraction
