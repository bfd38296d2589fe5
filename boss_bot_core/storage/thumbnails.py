"""The thumbnails of stored files, in a folder of their own beside the content."""

from pathlib import Path

from boss_bot_core.storage.filesystem import link_or_copy
from boss_bot_core.storage.layout import THUMBNAILS


def link_thumbnail(source: Path | None, folder: Path, target: Path, name: str) -> Path | None:
    """Link a thumbnail into the folder in which a download is built, and return its final path; None without one.

    Args:
        source: The thumbnail, which may have been lost: the download is complete without it.
        folder: The folder in which the download is built.
        target: The download's final folder.
        name: File name of the thumbnail, without an extension.
    """
    if source is None or not source.is_file():
        return None
    (folder / THUMBNAILS).mkdir(mode=0o700, exist_ok=True)
    link_or_copy(source, folder / THUMBNAILS / (name + source.suffix))
    return target / THUMBNAILS / (name + source.suffix)
