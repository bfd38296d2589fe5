"""The download of one file, from its first address to a path on disk or an error.

gallery-dl reports the result of a file through four different calls of its job; this class collects them.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gallery_dl import exception

from boss_bot_core.plugin import DownloadFailedError, NothingFoundError, PartFile
from boss_bot_gallerydl import _filenames
from boss_bot_gallerydl._versions import FileVersions, measure_remote_size

if TYPE_CHECKING:
    from boss_bot_gallerydl._job import MediaJob


class FileDownload:
    """The file that a job currently fetches.

    Args:
        job: The job.
        url: The file's first address.
        file: gallery-dl's metadata of the file; the constructor adds the name on disk to it.

    Attributes:
        entry: The file's entry in the list of files.
        file_count: Number of files in the post, if the metadata tells it.
        versions: The file's versions.
    """

    def __init__(self, job: "MediaJob", url: str, file: dict[str, Any]) -> None:
        self._job, self._run, self._file = job, job.download_run, file
        self.entry = self._run.files.add_entry(_filenames.get_source_name(file, url))
        self._name = file[_filenames.NAME_KEY] = _filenames.build_disk_name(self.entry.position, url)
        count = file.get("count")
        self.file_count = count if isinstance(count, int) and count >= self.entry.position else None
        self.versions = FileVersions(self._run.request)

    def prepare(self, url: str) -> bool:
        """Pass the file to the profile; return whether it may be fetched."""
        self._run.traffic.reset()
        try:
            if _filenames.is_manifest(f".{self._file.get('extension')}"):
                raise NothingFoundError("The video is offered as a stream only.")
            self._run.profile.on_file(url, self._file)
        except DownloadFailedError as exc:
            self.entry.error = exc
        if self._run.profile.has_smaller_fallbacks:
            self.versions.read_fallbacks(self._file)
        return self.entry.error is None

    def start_address(self) -> None:
        """Prepare the download from the file's first or next address."""
        self._run.traffic.reset()
        self.entry.error = None
        self.versions.start_next()
        measure_size = partial(measure_remote_size, self._job.extractor, self._run.traffic)
        self._run.profile.format_selector.start_file(measure_size)
        for downloader in self._job.downloaders.values():
            downloader.maxsize = self.versions.limit_bytes
        # A function, because the path changes when gallery-dl has read the file's type.
        self._run.traffic.find_part = lambda: PartFile(Path(self._job.pathfmt.temppath))

    def finish_address(self, url: str, *, succeeded: bool) -> bool:
        """Record the result of one address; return whether gallery-dl is to try no other address.

        Raises:
            StopDownload: Another address would not help, and would discard the bytes received so far.
        """
        paths = self._job.pathfmt
        response = self._run.traffic.response
        is_oversize = succeeded and not paths.temppath and not Path(paths.realpath).exists()
        if is_oversize:
            self.entry.set_too_large(response.size_bytes if response else None, self._run.request.max_file_size_bytes)
            if not self.versions.has_smaller:
                return True
            paths.part = False
            paths.build_path()  # gallery-dl has cleared its file names to mean "skip"
            return False
        if succeeded and (error := self._run.find_text_error(Path(paths.temppath))):
            succeeded, self.entry.error = False, error
        elif succeeded and response:
            self.entry.name = _filenames.get_better_name(self.entry.name, url, response.headers)
        if not succeeded and self.entry.error is None:
            self.entry.error = self._run.explain_failure(None, url)
            if self.entry.error.retryable:
                raise exception.StopDownload
        return succeeded

    def skip(self) -> None:
        """Check a file that gallery-dl skips: an earlier attempt fetched it, unless it is too large."""
        path = Path(self._job.pathfmt.realpath)
        if path.is_file():
            self.check_file(path)

    def check_file(self, path: Path) -> None:
        """Check a finished file and record it as fetched, or remove it and record the error."""
        size, limit = path.stat().st_size if path.is_file() else 0, self._run.request.max_file_size_bytes
        if size > limit:
            path.unlink()
            self.entry.set_too_large(size, limit)
        elif not size:
            self.entry.error = self._run.explain_failure(None, self._run.request.url)
        else:
            self.entry.set_path(path)
            self.entry.is_resumed = self._run.traffic.is_resumed
            self.entry.alt_text = self._run.profile.get_alt_text(self._file)

    def finish(self, url: str) -> None:
        """Ensure that the entry has a path or an error; remove the parts of a file that cannot be continued."""
        if not self.entry.is_finished:
            self.entry.error = self._run.explain_failure(None, url)
        self._run.traffic.reset()  # it must not explain a later failure
        if self.entry.error is None or not self.entry.error.retryable:
            for path in self._run.request.directory.glob(f"{self._name}.*"):
                if path != self.entry.path:
                    path.unlink()
