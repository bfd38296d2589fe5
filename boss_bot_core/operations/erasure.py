"""The erasure of everything that is kept of a user or a server: rows, folders on the disk, and lines of the log."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

import attrs

from boss_bot_core.concurrency import shielded
from boss_bot_core.database import Database, DatabaseError
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.privacy import DataOwner, DeletionReport
from boss_bot_core.log.erasure import erase_lines
from boss_bot_core.operations.cleanup.totals import CleanupTotals
from boss_bot_core.storage import Storage, StorageLayout
from boss_bot_core.storage.scan import ItemFolder, list_stored_folders, list_temp_folders
from boss_bot_core.storage.sweep import SweepReport, delete_set_aside, set_aside


class DataEraser:
    """Erases the data of one owner. The caller holds the clean-up lock of the data folder.

    Args:
        database: The rows.
        storage: The files.
        log_folder: The folder of the log.
        totals: The totals of the clean-ups, which name downloads whose files had a problem.
    """

    def __init__(self, database: Database, storage: Storage, log_folder: Path, totals: CleanupTotals) -> None:
        self._database = database
        self._storage = storage
        self._log_folder = log_folder
        self._totals = totals

    @shielded
    async def erase(self, owner: DataOwner, *, running_too: bool = False) -> tuple[DeletionReport, list[DownloadItem]]:
        """Erase the data of `owner`; return what it was in numbers, and the erased downloads.

        Args:
            owner: The user or the server.
            running_too: Erase downloads that run, too: no process runs them, although their rows say so.

        Raises:
            DatabaseError: The database fails; nothing is erased then.
        """
        folders = await asyncio.to_thread(_list_folders, self._storage.layout)
        async with self._database.begin(exclusive=True) as tx:
            before, items = await tx.kept_data.count(owner), await tx.kept_data.list_items(owner)
            erased = [item for item in items if running_too or not item.is_running]
            chosen = _choose_folders(folders, owner, items, erased)
            # No job can be claimed meanwhile, and no reader finds a part of a folder.
            sweep = await asyncio.to_thread(set_aside, chosen)
            await tx.kept_data.delete_items(item.id for item in erased)
            # A server that still has a running download is erased by the next clean-up, which must know it.
            if owner.kind == "user" or len(erased) == len(items):
                await tx.kept_data.delete_settings(owner)
            after = await tx.kept_data.count(owner)
        report = DeletionReport(
            downloads=before.downloads - after.downloads,
            files=before.files - after.files,
            messages=before.messages - after.messages,
            settings=before.settings - after.settings,
            remaining=after.downloads,
        )
        sweep = await asyncio.to_thread(delete_set_aside, sweep)
        await self._totals.forget(item.id for item in erased)
        return await self._erase_traces(owner, erased, _add_sweep(report, sweep)), erased

    async def _erase_traces(
        self, owner: DataOwner, erased: list[DownloadItem], report: DeletionReport
    ) -> DeletionReport:
        try:
            await self._database.vacuum()
        except DatabaseError as error:
            report = attrs.evolve(report, failed=(*report.failed, f"database: {error}"))
        words, links = _list_words(owner, erased), {item.url for item in erased}
        try:
            # The last step: what a download logs while it is cancelled is there by now.
            lines = await asyncio.to_thread(erase_lines, self._log_folder, words, links)
        except OSError as error:
            return attrs.evolve(report, failed=(*report.failed, f"log: {error.strerror}"))
        return attrs.evolve(report, log_lines=lines)


def _list_folders(layout: StorageLayout) -> list[ItemFolder]:
    return [*list_temp_folders(layout), *list_stored_folders(layout)]


def _choose_folders(
    folders: Iterable[ItemFolder], owner: DataOwner, items: Iterable[DownloadItem], erased: Iterable[DownloadItem]
) -> list[ItemFolder]:
    ids, kept = {item.id for item in erased}, {item.id for item in items} - {item.id for item in erased}
    # Of a server, folders whose download the database has lost are erased too.
    guild_id = owner.id if owner.kind == "guild" else None
    return [
        folder
        for folder in folders
        if folder.item_id in ids
        or (folder.kind != "temp" and folder.item_id not in kept and _is_of_guild(folder, guild_id))
    ]


def _is_of_guild(folder: ItemFolder, guild_id: int | None) -> bool:
    return guild_id is not None and folder.path.parent.parent.name == str(guild_id)


def _list_words(owner: DataOwner, items: Iterable[DownloadItem]) -> set[str]:
    words = {str(owner.id)}
    for item in items:
        words |= {item.short_id, item.id.hex, str(item.id).partition("-")[0]}
        if item.guild_id == LOCAL_ID and item.channel_id != LOCAL_ID:
            # A channel of direct messages belongs to one person.
            words.add(str(item.channel_id))
    return words


def _add_sweep(report: DeletionReport, sweep: SweepReport) -> DeletionReport:
    return attrs.evolve(report, folders=len(sweep.deleted), freed_bytes=sweep.freed_bytes, failed=sweep.failed)
