"""The queries over downloads; `item_writer` changes them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from boss_bot_core.database.repositories._base import Repository, row_to_item
from boss_bot_core.database.schema.downloads import DOWNLOAD_ITEMS as ITEMS
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import RUNNING, DownloadStatus

_ID_DIGITS = 32
_MOST_PARAMETERS = 500
"""Values in one statement; each database has its own limit, and all of them are higher."""


class ItemReader(Repository):
    """Queries over downloads, inside one transaction."""

    async def get(self, item_id: UUID) -> DownloadItem | None:
        """Return the item, or None if there is none."""
        return next(iter(await self._select(ITEMS.c.id == item_id)), None)

    async def list_by_ids(self, item_ids: Iterable[UUID]) -> list[DownloadItem]:
        """Return the items that exist, in no particular order."""
        found: list[DownloadItem] = []
        wanted = list(item_ids)
        for start in range(0, len(wanted), _MOST_PARAMETERS):
            found += await self._select(ITEMS.c.id.in_(wanted[start : start + _MOST_PARAMETERS]))
        return found

    async def find_by_prefix(self, prefix: str, *, limit: int) -> list[DownloadItem]:
        """Return at most `limit` items whose id starts with the hexadecimal digits `prefix`, newest first."""
        # A range finds prefixes in both databases: SQLite stores an id as text, PostgreSQL as 16 bytes.
        first, last = (UUID(prefix.ljust(_ID_DIGITS, filler)) for filler in "0f")
        return await self._select(ITEMS.c.id.between(first, last), order=(ITEMS.c.created_at.desc(),), limit=limit)

    async def list_by_status(
        self, statuses: Iterable[DownloadStatus], *, user_id: int | None = None
    ) -> list[DownloadItem]:
        """Return the items in one of `statuses`, of one user or of all users, oldest first."""
        where: sa.ColumnElement[bool] = ITEMS.c.status.in_(statuses)
        if user_id is not None:
            where &= ITEMS.c.user_id == user_id
        return await self._select(where, order=(ITEMS.c.created_at, ITEMS.c.id))

    async def count(self, statuses: Iterable[DownloadStatus], *, user_id: int | None = None) -> int:
        """Return the number of items in one of `statuses`, of one user or of all users."""
        query = sa.select(sa.func.count()).select_from(ITEMS).where(ITEMS.c.status.in_(statuses))
        if user_id is not None:
            query = query.where(ITEMS.c.user_id == user_id)
        return await self._connection.scalar(query) or 0

    async def list_with_requests(self) -> list[DownloadItem]:
        """Return the running items with a request to cancel or pause them."""
        return await self._select(
            ITEMS.c.status.in_(RUNNING) & (ITEMS.c.cancel_requested | ITEMS.c.pause_requested),
            order=(ITEMS.c.created_at, ITEMS.c.id),
        )

    async def find_next_start(self, now: datetime) -> datetime | None:
        """Return the earliest time after `now` at which a queued item may start, or None."""
        query = sa.select(sa.func.min(ITEMS.c.not_before, type_=ITEMS.c.not_before.type)).where(
            ITEMS.c.status == DownloadStatus.QUEUED, ITEMS.c.not_before > now
        )
        due: datetime | None = await self._connection.scalar(query)
        return due

    async def list_finished(
        self, statuses: Iterable[DownloadStatus], *, user_id: int | None, guild_id: int | None, limit: int
    ) -> list[DownloadItem]:
        """Return at most `limit` items in one of `statuses`, last finished first; None as user or guild means all."""
        where: sa.ColumnElement[bool] = ITEMS.c.status.in_(statuses)
        if user_id is not None:
            where = where & (ITEMS.c.user_id == user_id)
        if guild_id is not None:
            where = where & (ITEMS.c.guild_id == guild_id)
        return await self._select(where, order=(ITEMS.c.completed_at.desc(), ITEMS.c.id), limit=limit)

    async def list_failed_since(self, since: datetime, error_type: ErrorType) -> list[DownloadItem]:
        """Return the items that failed with `error_type` after `since`, oldest first."""
        where = (ITEMS.c.completed_at > since) & (ITEMS.c.error_type == error_type)
        return await self._select(where & (ITEMS.c.status == DownloadStatus.FAILED), order=(ITEMS.c.completed_at,))

    async def list_recent_durations(self, *, limit: int) -> list[timedelta]:
        """Return the running times of the last `limit` completed items, newest first."""
        query = (
            sa.select(ITEMS.c.started_at, ITEMS.c.completed_at)
            .where(ITEMS.c.status == DownloadStatus.COMPLETED, ITEMS.c.started_at.is_not(None))
            .order_by(ITEMS.c.completed_at.desc())
            .limit(limit)
        )
        return [ended - started for started, ended in await self._connection.execute(query)]

    async def _select(
        self,
        where: sa.ColumnElement[bool],
        *,
        order: tuple[sa.ColumnElement[datetime] | sa.ColumnElement[UUID], ...] = (),
        limit: int | None = None,
    ) -> list[DownloadItem]:
        rows = await self._connection.execute(sa.select(ITEMS).where(where).order_by(*order).limit(limit))
        return [row_to_item(row) for row in rows.mappings()]
