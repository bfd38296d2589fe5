"""The book of one download: every file the engine met, and what became of it.

gallery-dl reports success through a status of 0 even when it found nothing or left everything out, so files are counted
here.
"""

from pathlib import Path

import attrs

from boss_bot_core.plugin import DownloadFailedError, FileTooLargeError, SkippedFile


@attrs.define(kw_only=True)
class Entry:
    """A file, or a link that was to lead to one.

    Attributes:
        position: Place in source order, from 1.
        name: The source's own name for it, untrusted.
        path: Where it lies, once it is there in whole.
        alt_text: Its description.
        error: Why it is missing.
    """

    position: int
    name: str
    path: Path | None = None
    alt_text: str | None = None
    error: DownloadFailedError | None = None

    @property
    def settled(self) -> bool:
        """Whether its fate is known."""
        return self.path is not None or self.error is not None

    @property
    def skipped(self) -> SkippedFile | None:
        """The entry as a missing file, or None for a file that is there."""
        return SkippedFile(name=self.name, reason=self.error.message) if self.error else None

    def fetched(self, path: Path) -> None:
        """Take note that the file is there."""
        self.path, self.error = path, None

    def too_large(self, size_bytes: int | None, limit_bytes: int) -> None:
        """Take note that the file is over the limit."""
        size = f"{megabytes(size_bytes)}, more" if size_bytes else "More"
        self.error = FileTooLargeError(f"{size} than the {megabytes(limit_bytes)} that fit.")


@attrs.define
class Ledger:
    """All entries, in source order.

    Attributes:
        entries: The entries.
        moved: Whether this attempt brought bytes that an earlier one had not.
        overfull: Whether there was more than may be fetched at once.
    """

    entries: list[Entry] = attrs.field(factory=list)
    moved: bool = False
    overfull: bool = False

    def open(self, name: str) -> Entry:
        """Begin an entry."""
        entry = Entry(position=len(self.entries) + 1, name=name)
        self.entries.append(entry)
        return entry

    def miss(self, name: str, error: DownloadFailedError) -> None:
        """Write down something that is missing."""
        self.open(name).error = error

    @property
    def complete(self) -> list[Entry]:
        """Entries whose file is there."""
        return [entry for entry in self.entries if entry.path is not None]

    @property
    def errors(self) -> list[DownloadFailedError]:
        """Why entries are missing, in order."""
        return [entry.error for entry in self.entries if entry.error]


def megabytes(size_bytes: int) -> str:
    """Write a size as people read it; a megabyte has 1,048,576 bytes."""
    return f"{size_bytes / 1_048_576:.1f} MB"
