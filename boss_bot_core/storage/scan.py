"""The scan of storage: lists the folders on disk that belong to downloads.

Other files and folders are not listed, and therefore never deleted.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal
from uuid import UUID

import attrs

from boss_bot_core.storage.layout import StorageLayout

_LEFTOVER = re.compile(r"\.([0-9a-f-]{36})\.(staging|replaced)")


@attrs.frozen(kw_only=True)
class ItemFolder:
    """A folder that belongs to one download.

    Attributes:
        item_id: The download's id.
        path: Absolute path.
        kind: Temporary files, stored files, or a leftover of a crash: a staging folder or a replaced folder.
    """

    item_id: UUID
    path: Path
    kind: Literal["temp", "organised", "leftover"]


def list_item_folders(layout: StorageLayout) -> Iterator[ItemFolder]:
    """Yield every folder that belongs to a download."""
    for path in _list_subfolders(layout.temp):
        if item_id := _parse_item_id(path.name):
            yield ItemFolder(item_id=item_id, path=path, kind="temp")
    for day in list_day_folders(layout):
        for path in _list_subfolders(day):
            found = _LEFTOVER.fullmatch(path.name)
            if item_id := _parse_item_id(found[1] if found else path.name):
                yield ItemFolder(item_id=item_id, path=path, kind="leftover" if found else "organised")


def list_day_folders(layout: StorageLayout) -> Iterator[Path]:
    """Yield the folder of every guild and day."""
    for guild in _list_subfolders(layout.downloads):
        yield from (day for day in _list_subfolders(guild) if _is_day(day.name))


def _list_subfolders(parent: Path) -> Iterator[Path]:
    if parent.is_dir():
        yield from sorted(path for path in parent.iterdir() if path.is_dir() and not path.is_symlink())


def _parse_item_id(name: str) -> UUID | None:
    try:
        item_id = UUID(name)
    except ValueError:
        return None
    return item_id if str(item_id) == name else None


def _is_day(name: str) -> bool:
    try:
        return date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False
