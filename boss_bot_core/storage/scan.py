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

from boss_bot_core.storage.layout import EXPIRED_SUFFIX, StorageLayout

_BESIDE = re.compile(r"\.{1,2}([0-9a-f-]{36})\.(?:staging|replaced|expired)(?:\.expired)?")


@attrs.frozen(kw_only=True)
class ItemFolder:
    """A folder that belongs to one download.

    Attributes:
        item_id: The download's id.
        path: Absolute path.
        kind: Temporary files, stored files, a leftover of a crash (a staging folder or a replaced folder), or a folder
            whose deletion has begun.
    """

    item_id: UUID
    path: Path
    kind: Literal["temp", "organised", "leftover", "expired"]

    @property
    def guild_id(self) -> int:
        """The guild of a stored download."""
        return int(self.path.parent.parent.name)


def list_temp_folders(layout: StorageLayout) -> Iterator[ItemFolder]:
    """Yield every folder of an unfinished download."""
    yield from _list_item_folders(layout.temp, "temp")


def list_stored_folders(layout: StorageLayout) -> Iterator[ItemFolder]:
    """Yield every folder of a stored download, or of one that is being stored."""
    for day in list_day_folders(layout):
        yield from _list_item_folders(day, "organised")


def _list_item_folders(parent: Path, kind: Literal["temp", "organised"]) -> Iterator[ItemFolder]:
    for path in _list_subfolders(parent):
        beside = _BESIDE.fullmatch(path.name)
        if item_id := _parse_item_id(beside[1] if beside else path.name):
            if beside is None:
                yield ItemFolder(item_id=item_id, path=path, kind=kind)
            else:
                is_expired = path.suffix == EXPIRED_SUFFIX
                yield ItemFolder(item_id=item_id, path=path, kind="expired" if is_expired else "leftover")


def list_day_folders(layout: StorageLayout) -> Iterator[Path]:
    """Yield the folder of every guild and day."""
    for guild in _list_subfolders(layout.downloads):
        if guild.name.isdecimal():
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
