"""Damaged and missing files: found by their checksums and by the database, and never delivered again."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from uuid import UUID

from boss_bot_core.database import Database
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.operations.cleanup.orphans import find_missing
from boss_bot_core.storage import StorageLayout
from boss_bot_core.storage.integrity import FileCheck, check_stored_files


async def find_damage(
    layout: StorageLayout, database: Database, bytes_per_s: float
) -> tuple[int, tuple[FileCheck, ...]]:
    """Check all stored files; return how many were compared, and those that are missing or damaged.

    What is damaged is not offered to later requests any more. Its files stay until their retention ends, so that the
    operator can look at them; the files of an unfinished download are left to its next attempt.
    """
    checked, damaged = 0, []
    async with aclosing(check_stored_files(layout, bytes_per_s=bytes_per_s)) as results:
        async for result in results:
            checked += 1
            if result.problem is not None:
                damaged.append(result)
    await _withdraw(database, {result.item_id for result in damaged})
    return checked, tuple(damaged)


async def list_checks(layout: StorageLayout, database: Database, *, guild_id: int | None) -> AsyncGenerator[FileCheck]:
    """Check all stored files, or those of one guild, as fast as the disk is, and those that only the database knows."""
    async with aclosing(check_stored_files(layout, guild_id=guild_id)) as results:
        async for result in results:
            yield result
    async with database.connect() as tx:
        paths = await tx.files.list_paths()
    for file_id in await asyncio.to_thread(find_missing, paths, layout):
        # Inside a stored download, the record of the download has told of it already.
        content, path = paths[file_id].parent, paths[file_id]
        guild = content.parents[2].name
        if not content.parent.exists() and guild_id in {None, int(guild)}:
            item_id = UUID(content.parent.name)
            yield FileCheck(item_id=item_id, guild_id=int(guild), filename=path.name, problem="is missing")


async def _withdraw(database: Database, item_ids: set[UUID]) -> None:
    if not item_ids:
        return
    async with database.begin() as tx:
        items = await tx.items.list_by_ids(item_ids)
        await tx.files.delete_of_items(item.id for item in items if item.status is DownloadStatus.COMPLETED)
