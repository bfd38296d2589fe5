"""Writes downloads. Every change compares before it writes: claim and status must still be what the writer saw."""

from uuid import UUID

import sqlalchemy as sa

from boss_bot_core.database.errors import RowChangedError
from boss_bot_core.database.repositories._rows import list_changes, to_item, to_row
from boss_bot_core.database.repositories.item_reader import ItemReader
from boss_bot_core.database.schema.downloads import DOWNLOAD_ITEMS as ITEMS
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus, can_transition


class ItemWriter(ItemReader):
    """Reads and writes over downloads, inside one writing transaction."""

    async def insert(self, item: DownloadItem) -> DownloadItem:
        """Keep a new item and return it as it is kept."""
        result = await self._connection.execute(sa.insert(ITEMS).values(to_row(item)).returning(ITEMS))
        return to_item(result.mappings().one())

    async def lock(self, item_id: UUID) -> DownloadItem | None:
        """Return the item and keep other writers from it until the transaction ends; None where there is none."""
        # SQLite's dialect leaves FOR UPDATE out: its whole file is locked already.
        rows = await self._connection.execute(sa.select(ITEMS).where(ITEMS.c.id == item_id).with_for_update())
        row = rows.mappings().one_or_none()
        return None if row is None else to_item(row)

    async def replace(self, before: DownloadItem, after: DownloadItem) -> DownloadItem:
        """Write what differs between `before` and `after` and return the item as it is now kept.

        Raises:
            RowChangedError: The row's claim or status is no longer that of `before`, or may not become that of `after`.
        """
        where = (ITEMS.c.id == before.id) & (ITEMS.c.claim == before.claim) & (ITEMS.c.status == before.status)
        if after.status != before.status:
            where &= ITEMS.c.status.in_([each for each in DownloadStatus if can_transition(each, after.status)])
        if not (values := list_changes(before, after)):
            return before
        result = await self._connection.execute(sa.update(ITEMS).where(where).values(values).returning(ITEMS))
        row = result.mappings().one_or_none()
        if row is None:
            raise RowChangedError(
                f"Download {before.short_id} is no longer {before.status}, or cannot be {after.status}."
            )
        return to_item(row)
