"""Limits for space: of unfinished downloads, of free space on the disk, and of what a guild fetches in a day."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import attrs

from boss_bot_core.storage.filesystem import measure_folder_size
from boss_bot_core.storage.layout import StorageLayout


@attrs.frozen(kw_only=True)
class Quota:
    """The space limits, in bytes.

    Attributes:
        temp_bytes: Limit for all unfinished downloads together.
        guild_daily_bytes: Limit for what one guild's downloads fetch in a day (UTC).
        min_free_bytes: Space that stays free on each disk in use.
    """

    temp_bytes: int
    guild_daily_bytes: int
    min_free_bytes: int


@attrs.frozen(kw_only=True)
class Usage:
    """The space in use at one moment, in bytes.

    Attributes:
        temp_bytes: Files of each unfinished download, by the name of its folder.
        temp_free_bytes: Free space on the disk of the unfinished downloads.
        stored_free_bytes: Free space on the disk of the stored downloads; None where it is the same disk.
        stored_bytes: Files of all stored downloads; 0 where there is enough free space without them.
    """

    temp_bytes: Mapping[str, int] = attrs.field(factory=dict)
    temp_free_bytes: int
    stored_free_bytes: int | None = None
    stored_bytes: int = 0

    @property
    def free_bytes(self) -> int:
        """Free space on the fullest disk in use."""
        if self.stored_free_bytes is None:
            return self.temp_free_bytes
        return min(self.temp_free_bytes, self.stored_free_bytes)

    def get_temp_bytes(self, item_id: UUID) -> int:
        """Return the bytes of the files of an unfinished download; 0 if it has none."""
        return self.temp_bytes.get(str(item_id), 0)


def measure_usage(layout: StorageLayout, quota: Quota) -> Usage:
    """Measure the space in use; blocking. The folders must exist."""
    # Sizes first: what is written in between then counts twice, and not too little.
    temp_bytes = {folder.name: measure_folder_size(folder) for folder in _list_folders(layout.temp)}
    is_one_disk = layout.temp.stat().st_dev == layout.downloads.stat().st_dev
    stored_free_bytes = None if is_one_disk else shutil.disk_usage(layout.downloads).free
    usage = Usage(
        temp_bytes=temp_bytes,
        temp_free_bytes=shutil.disk_usage(layout.temp).free,
        stored_free_bytes=stored_free_bytes,
    )
    # Measuring all stored files takes longer than the rest, and only a nearly full disk makes it matter.
    if usage.free_bytes - quota.min_free_bytes >= quota.temp_bytes:
        return usage
    return attrs.evolve(usage, stored_bytes=measure_folder_size(layout.downloads))


def _list_folders(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]
