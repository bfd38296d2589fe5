"""The removal of expired folders: decided from the queue, and done while no job can be claimed.

A download that was failed a moment ago may be claimed again at any time. Claims are made in exclusive transactions of
the database, so the folders are renamed inside such a transaction, after one more look at the items. This holds for
every process that uses the database.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator

from boss_bot_core.concurrency import shielded
from boss_bot_core.database import Database
from boss_bot_core.domain.clock_history import ClockHistory
from boss_bot_core.storage import Storage
from boss_bot_core.storage.expiry import find_expired
from boss_bot_core.storage.layout import StorageLayout
from boss_bot_core.storage.retention_states import read_retention_states
from boss_bot_core.storage.scan import ItemFolder
from boss_bot_core.storage.sweep import SweepReport, delete_set_aside, set_aside

_BATCH = 50
"""Folders that are renamed in one transaction: nothing else can write in these milliseconds."""

ListFolders = Callable[[StorageLayout], Iterator[ItemFolder]]


async def list_expired(
    storage: Storage, database: Database, list_folders: ListFolders, clock: ClockHistory
) -> tuple[ItemFolder, ...]:
    """Return the folders that retention no longer keeps now."""
    folders = await asyncio.to_thread(lambda: tuple(list_folders(storage.layout)))
    async with database.connect() as tx:
        states = await read_retention_states(tx, folders)
    return await asyncio.to_thread(lambda: tuple(find_expired(folders, storage.retention, states, clock)))


async def remove_expired(
    storage: Storage, database: Database, list_folders: ListFolders, clock: ClockHistory
) -> Iterable[SweepReport]:
    """Delete the folders that retention no longer keeps, and return a report for each batch of them."""
    expired = await list_expired(storage, database, list_folders, clock)
    batches = (expired[start : start + _BATCH] for start in range(0, len(expired), _BATCH))
    return [await remove_batch(storage, database, batch, clock) for batch in batches]


@shielded
async def remove_batch(
    storage: Storage, database: Database, batch: tuple[ItemFolder, ...], clock: ClockHistory
) -> SweepReport:
    """Delete those of a few folders that retention still does not keep, and the records of their files."""
    async with database.begin(exclusive=True) as tx:
        states = await read_retention_states(tx, batch)
        report = await asyncio.to_thread(lambda: set_aside(find_expired(batch, storage.retention, states, clock)))
        await tx.files.delete_of_items(folder.item_id for folder in report.aside if folder.kind == "organised")
    return await asyncio.to_thread(delete_set_aside, report)
