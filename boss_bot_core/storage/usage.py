"""What storage holds: every stored download with its size and its end, and the space of all files together."""

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from uuid import UUID

import attrs

from boss_bot_core.domain.clock import to_utc_or_none
from boss_bot_core.storage.filesystem import measure_folder_size
from boss_bot_core.storage.layout import StorageError, StorageLayout
from boss_bot_core.storage.metadata import DownloadRecord, read_record
from boss_bot_core.storage.scan import ItemFolder, list_stored_folders


@attrs.frozen(kw_only=True)
class StoredDownload:
    """A stored download.

    Attributes:
        item_id: The download's id.
        guild_id: Its guild; `LOCAL_ID` stands for the command line.
        size_bytes: Bytes of all its files, also of those that it shares with another download.
        file_sizes: Bytes of its files by the first part of their type, such as `video`.
        stored_at: When it was stored, UTC; None when its record cannot be read.
        expires_at: The end of its retention, UTC; None when its record cannot be read.
    """

    item_id: UUID
    guild_id: int
    size_bytes: int
    file_sizes: dict[str, int] = attrs.field(factory=dict)
    stored_at: datetime | None = attrs.field(default=None, converter=to_utc_or_none)
    expires_at: datetime | None = attrs.field(default=None, converter=to_utc_or_none)


@attrs.frozen(kw_only=True)
class SpaceUse:
    """The space in use.

    Attributes:
        stored_bytes: Bytes of all stored downloads; what several of them share counts once.
        temp_bytes: Bytes of all unfinished downloads.
        downloads_per_guild: Number of stored downloads of each guild.
    """

    stored_bytes: int
    temp_bytes: int
    downloads_per_guild: dict[int, int]


def list_stored_downloads(layout: StorageLayout) -> Iterator[StoredDownload]:
    """Yield every stored download; blocking."""
    for folder in list_stored_folders(layout):
        if folder.kind == "organised":
            yield _describe(folder)


def measure_space(layout: StorageLayout) -> SpaceUse:
    """Measure the space in use; blocking."""
    folders = [folder for folder in list_stored_folders(layout) if folder.kind == "organised"]
    return SpaceUse(
        stored_bytes=_measure_once(guild for guild in layout.downloads.iterdir() if guild.is_dir()),
        temp_bytes=measure_folder_size(layout.temp),
        downloads_per_guild=dict(Counter(folder.guild_id for folder in folders)),
    )


def _describe(folder: ItemFolder) -> StoredDownload:
    known: dict[str, datetime] = {}
    sizes: Counter[str] = Counter()
    if (record := _read_record(folder.path)) is not None:
        known = {"stored_at": record.organised_at, "expires_at": record.expires_at}
        for file in record.files:
            sizes[file.mime_type.partition("/")[0]] += file.size_bytes
    size_bytes = measure_folder_size(folder.path)
    return StoredDownload(
        item_id=folder.item_id, guild_id=folder.guild_id, size_bytes=size_bytes, file_sizes=dict(sizes), **known
    )


def _read_record(folder: Path) -> DownloadRecord | None:
    try:
        return read_record(folder)
    except StorageError:
        return None


def _measure_once(folders: Iterable[Path]) -> int:
    """Return the bytes of all files below some folders; a file with several names counts once."""
    sizes: dict[tuple[int, int], int] = {}
    for parent, _, names in chain.from_iterable(map(os.walk, folders)):
        for name in names:
            try:
                status = os.lstat(os.path.join(parent, name))  # noqa: PTH118 - a path object for each file takes longer
            except FileNotFoundError:
                continue
            if stat.S_ISREG(status.st_mode):
                sizes[status.st_dev, status.st_ino] = status.st_size
    return sum(sizes.values())
