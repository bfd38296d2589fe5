"""The thumbnails of stored files, in a folder of their own beside the content."""

from pathlib import Path

from boss_bot_core.storage.filesystem import link_or_copy
from boss_bot_core.storage.layout import THUMBNAILS


def link_thumbnail(source: Path | None, folder: Path, name: str) -> str | None:
    """Link a thumbnail into a download's folder, and return its file name; None if there is none.

    Args:
        source: The thumbnail, which may have been lost: the download is complete without it.
        folder: The download's folder.
        name: File name of the thumbnail, without an extension.
    """
    if source is None or not source.is_file():
        return None
    thumbnails = folder / THUMBNAILS
    thumbnails.mkdir(mode=0o700, exist_ok=True)
    link_or_copy(source, thumbnails / (name + source.suffix))
    return name + source.suffix
