"""The list of files that the engine met in one download, each with its path or with the error for its absence.

gallery-dl returns the status 0 even if it found nothing or left out every file, so the files are counted here.
"""

from pathlib import Path

import attrs

from boss_bot_core.plugin import DownloadFailedError, FileTooLargeError, SkippedFile, format_size


@attrs.define(kw_only=True)
class FileEntry:
    """One file, or a link that was expected to lead to one.

    Attributes:
        position: Position in source order, from 1.
        name: The source's own name for it, untrusted.
        path: Path of the complete file, or None.
        alt_text: The file's description, or None.
        error: The error that explains why the file is missing, or None.
        is_resumed: Whether the file was put together from several responses.
    """

    position: int
    name: str
    path: Path | None = None
    alt_text: str | None = None
    error: DownloadFailedError | None = None
    is_resumed: bool = False

    @property
    def is_finished(self) -> bool:
        """Whether the entry has a path or an error."""
        return self.path is not None or self.error is not None

    def to_skipped_file(self) -> SkippedFile | None:
        """Return the entry as a skipped file, or None if the file was fetched."""
        return SkippedFile(name=self.name, reason=self.error.message) if self.error else None

    def set_path(self, path: Path) -> None:
        """Mark the file as fetched."""
        self.path, self.error = path, None

    def set_too_large(self, size_bytes: int | None, limit_bytes: int) -> None:
        """Mark the file as too large; `size_bytes` is None if its size is unknown."""
        size = f"{format_size(size_bytes)}, more" if size_bytes else "More"
        self.error = FileTooLargeError(f"{size} than the {format_size(limit_bytes)} that fit.")


@attrs.define
class FileList:
    """All entries of one download, in source order.

    Attributes:
        entries: The entries.
        has_new_data: Whether this attempt received bytes that an earlier attempt had not.
        is_truncated: Whether the source has more files than one download may fetch.
    """

    entries: list[FileEntry] = attrs.field(factory=list)
    has_new_data: bool = False
    is_truncated: bool = False

    def add_entry(self, name: str) -> FileEntry:
        """Append an entry and return it."""
        entry = FileEntry(position=len(self.entries) + 1, name=name)
        self.entries.append(entry)
        return entry

    def add_missing(self, name: str, error: DownloadFailedError) -> None:
        """Append an entry for a file or a link that cannot be fetched."""
        self.add_entry(name).error = error

    @property
    def fetched(self) -> list[FileEntry]:
        """Entries whose file was fetched."""
        return [entry for entry in self.entries if entry.path is not None]

    @property
    def errors(self) -> list[DownloadFailedError]:
        """Errors of the missing files, in order."""
        return [entry.error for entry in self.entries if entry.error]
