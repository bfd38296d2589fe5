"""Damaged files: found by their checksums, and never delivered again."""

from contextlib import aclosing
from uuid import UUID

from boss_bot_core.database import Database
from boss_bot_core.domain.status import DownloadStatus
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


async def _withdraw(database: Database, item_ids: set[UUID]) -> None:
    if not item_ids:
        return
    async with database.begin() as tx:
        items = await tx.items.list_by_ids(item_ids)
        await tx.files.delete_of_items(item.id for item in items if item.status is DownloadStatus.COMPLETED)
