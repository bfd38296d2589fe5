"""What lies on disk, and whose it is. Whatever does not look like ours is not listed, and so never deleted."""

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
        item_id: Whose it is.
        path: Absolute path.
        kind: Its temporary files, its organised files, or what a crash left of these: unfinished or already replaced.
    """

    item_id: UUID
    path: Path
    kind: Literal["temp", "organised", "leftover"]


def item_folders(layout: StorageLayout) -> Iterator[ItemFolder]:
    """Yield every folder that belongs to a download."""
    for path in _folders(layout.temp):
        if item_id := _item_id(path.name):
            yield ItemFolder(item_id=item_id, path=path, kind="temp")
    for day in day_folders(layout):
        for path in _folders(day):
            found = _LEFTOVER.fullmatch(path.name)
            if item_id := _item_id(found[1] if found else path.name):
                yield ItemFolder(item_id=item_id, path=path, kind="leftover" if found else "organised")


def day_folders(layout: StorageLayout) -> Iterator[Path]:
    """Yield every server's folder of every day."""
    for guild in _folders(layout.downloads):
        yield from (day for day in _folders(guild) if _is_day(day.name))


def _folders(parent: Path) -> Iterator[Path]:
    if parent.is_dir():
        yield from sorted(path for path in parent.iterdir() if path.is_dir() and not path.is_symlink())


def _item_id(name: str) -> UUID | None:
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
