"""One file, from its address to its place on disk or to the reason why it is missing.

Apart from the job because gallery-dl tells of a file's fate in four different calls; here they meet.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gallery_dl import exception

from boss_bot_core.plugin import DownloadFailedError, NothingFoundError
from boss_bot_gallerydl import _names
from boss_bot_gallerydl._kinds import is_manifest
from boss_bot_gallerydl._sizes import remote_size
from boss_bot_gallerydl._versions import Versions

if TYPE_CHECKING:
    from boss_bot_gallerydl._job import MediaJob


class FileAttempt:
    """A file at hand.

    Args:
        job: The job that met it.
        url: Its first address.
        file: gallery-dl's metadata of it; gets the name on disk.

    Attributes:
        entry: Its place in the ledger.
        count: How many files its post has, when the metadata says so.
        versions: Its sizes.
    """

    def __init__(self, job: "MediaJob", url: str, file: dict[str, Any]) -> None:
        self._job, self._errand, self._file = job, job.errand, file
        self.entry = self._errand.ledger.open(_names.source_name(file, url))
        self.name = file[_names.KEY] = _names.disk_name(self.entry.position, url)
        count = file.get("count")
        self.count = count if isinstance(count, int) and count >= self.entry.position else None
        self.versions = Versions(self._errand.request)

    def prepare(self, url: str) -> bool:
        """Ask the recipe about the file; return whether it may be fetched."""
        self._errand.evidence.forget()
        try:
            if is_manifest(f".{self._file.get('extension')}"):
                raise NothingFoundError("The video is offered as a stream only.")
            self._errand.recipe.on_file(url, self._file)
        except DownloadFailedError as exc:
            self.entry.error = exc
        if self._errand.recipe.fallbacks_are_smaller:
            self.versions.read(self._file)
        return self.entry.error is None

    def begin(self) -> None:
        """Get ready for the next of the file's addresses."""
        self._errand.evidence.forget()
        self.entry.error = None
        self.versions.begin()
        self._errand.recipe.video_format.measure = partial(remote_size, self._job.extractor, self._errand.evidence)
        for downloader in self._job.downloaders.values():
            downloader.maxsize = self.versions.limit_bytes

    def tried(self, url: str, *, done: bool) -> bool:
        """Look at what came of one address; return whether gallery-dl need not try another.

        Raises:
            StopDownload: Trying another would not help, and would throw away what is there so far.
        """
        paths = self._job.pathfmt
        oversize = done and not paths.temppath and not Path(paths.realpath).exists()
        if oversize:
            answer = self._errand.evidence.answer
            self.entry.too_large(answer.size_bytes if answer else None, self._errand.request.max_file_size_bytes)
            if not self.versions.any_smaller:
                return True
            # gallery-dl has cleared its file names to mean "skip"; the next address needs them again.
            paths.part = False
            paths.build_path()
            return False
        if not done and self.entry.error is None:
            self.entry.error = self._errand.explain(None, url)
            if self.entry.error.retryable:
                raise exception.StopDownload
        return done

    def skipped(self) -> None:
        """Settle a file that gallery-dl leaves alone: an earlier attempt brought it, unless it is too large."""
        path = Path(self._job.pathfmt.realpath)
        if path.is_file():
            self.settle(path)

    def settle(self, path: Path) -> None:
        """Check the finished file."""
        size, limit = path.stat().st_size if path.is_file() else 0, self._errand.request.max_file_size_bytes
        if is_manifest(path.suffix):
            path.unlink()
            self.entry.error = NothingFoundError("The video is offered as a stream only.")
        elif size > limit:
            path.unlink()
            self.entry.too_large(size, limit)
        elif not size:
            self.entry.error = self._errand.explain(None, self._errand.request.url)
        else:
            self.entry.fetched(path)
            self.entry.alt_text = self._errand.recipe.alt_text(self._file)

    def finish(self, url: str) -> None:
        """Make sure that the file's fate is known; what is too large leaves nothing behind."""
        if not self.entry.settled:
            self.entry.error = self._errand.explain(None, url)
        # What stopped this file must not pass for the reason when something else stops later.
        self._errand.evidence.forget()
        if self.entry.error and not self.entry.error.retryable:
            for part in self._errand.request.directory.glob(f"{self.name}.*"):
                part.unlink()
