"""The changes of downloads. A change is written only if the row still has the claim and status that the writer read."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from boss_bot_core.database.errors import RowChangedError
from boss_bot_core.database.repositories._base import item_to_row, list_changes, row_to_item
from boss_bot_core.database.repositories.item_reader import ItemReader
from boss_bot_core.database.schema.downloads import DOWNLOAD_ITEMS as ITEMS
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadPriority, DownloadStatus, can_transition


class ItemWriter(ItemReader):
    """Queries and changes of downloads, inside one transaction that may write."""

    async def insert(self, item: DownloadItem) -> DownloadItem:
        """Insert a new item and return it as stored."""
        result = await self._connection.execute(sa.insert(ITEMS).values(item_to_row(item)).returning(ITEMS))
        return row_to_item(result.mappings().one())

    async def lock(self, item_id: UUID) -> DownloadItem | None:
        """Return the item, or None, and lock its row against other writers until the transaction ends."""
        return await self._lock_first(sa.select(ITEMS).where(ITEMS.c.id == item_id))

    async def lock_least_important(
        self, statuses: Iterable[DownloadStatus], *, below: DownloadPriority
    ) -> DownloadItem | None:
        """Return and lock the newest of the items with the lowest priority, if that is below `below`."""
        where = ITEMS.c.status.in_(statuses) & (ITEMS.c.priority < below)
        return await self._lock_first(
            sa.select(ITEMS).where(where).order_by(ITEMS.c.priority, ITEMS.c.created_at.desc()).limit(1)
        )

    async def _lock_first(self, query: sa.Select[tuple[object, ...]]) -> DownloadItem | None:
        # SQLite's dialect omits FOR UPDATE: the transaction has locked the whole file already.
        row = (await self._connection.execute(query.with_for_update())).mappings().first()
        return None if row is None else row_to_item(row)

    async def replace(self, before: DownloadItem, after: DownloadItem) -> DownloadItem:
        """Write the differences between `before` and `after` and return the item as stored.

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
        return row_to_item(row)
