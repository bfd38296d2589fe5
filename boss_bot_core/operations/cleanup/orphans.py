"""Orphans: records of files that are gone, and parts of files that a crash left in a stored download."""

import asyncio
import contextlib
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from boss_bot_core.concurrency import shielded
from boss_bot_core.database import Database
from boss_bot_core.domain.clock_history import ClockHistory
from boss_bot_core.storage import Storage, StorageLayout
from boss_bot_core.storage.filesystem import PART_SUFFIX
from boss_bot_core.storage.scan import list_stored_folders


@shielded
async def remove_orphans(storage: Storage, database: Database, clock: ClockHistory) -> int:
    """Remove the orphans, and return how many there were.

    The records of another machine's files stay: their folders are not those of this one.
    """
    async with database.connect() as tx:
        paths = await tx.files.list_paths()
    orphaned = await asyncio.to_thread(find_missing, paths, storage.layout)
    if orphaned:
        async with database.begin() as tx:
            # A record that names no file is never read again with success, whatever its download does now.
            await tx.files.delete(orphaned)
    return len(orphaned) + await asyncio.to_thread(_remove_parts, storage, clock)


def find_missing(paths: dict[UUID, Path], layout: StorageLayout) -> list[UUID]:
    """Return the ids of the files of this machine that do not exist; blocking."""
    own = (file_id for file_id, path in paths.items() if path.is_relative_to(layout.downloads))
    return [file_id for file_id in own if not paths[file_id].exists()]


def _remove_parts(storage: Storage, clock: ClockHistory) -> int:
    removed = 0
    for folder in list_stored_folders(storage.layout):
        for part in folder.path.glob(f".*{PART_SUFFIX}"):
            with contextlib.suppress(OSError):
                if clock.compute_age(datetime.fromtimestamp(part.lstat().st_ctime, UTC)) >= storage.retention.abandoned:
                    part.unlink()
                    removed += 1
    return removed
