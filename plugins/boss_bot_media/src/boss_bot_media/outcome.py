"""What becomes of one file: the value that the processing of every kind of file returns."""

from pathlib import Path

import attrs


@attrs.frozen(kw_only=True)
class Processed:
    """A file to deliver.

    Attributes:
        path: Path of the file; an unchanged file keeps its own path.
        thumbnail: Path of a JPEG picture of it, or None.
        description: What it shows, for people who cannot see it, or None.
    """

    path: Path
    thumbnail: Path | None = None
    description: str | None = None


@attrs.frozen(kw_only=True)
class Outcome:
    """The result for one file.

    Attributes:
        files: The files to deliver: one, or several parts in order.
        note: One sentence on what was changed and why, without paths; None for an unchanged file.
    """

    files: tuple[Processed, ...]
    note: str | None = None


def keep_file(path: Path, note: str | None = None) -> Outcome:
    """Return the outcome of a file that stays as it is."""
    return Outcome(files=(Processed(path=path),), note=note)
