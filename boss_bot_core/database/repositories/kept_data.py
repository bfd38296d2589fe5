"""The repository of everything that is kept of one user or one guild, for its count and its deletion.

Every column that holds the id of a user or a guild is named here or hangs on a download; a test compares them with the
tables.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from boss_bot_core.database.repositories._base import Repository, row_to_item
from boss_bot_core.database.schema.downloads import CARDS, DELIVERIES, DOWNLOADED_FILES
from boss_bot_core.database.schema.downloads import DOWNLOAD_ITEMS as ITEMS
from boss_bot_core.database.schema.users_and_guilds import (
    GUILD_MEMBERSHIPS,
    GUILD_TRAFFIC,
    GUILDS,
    USER_PREFERENCES,
    USERS,
)
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.privacy import DataOwner, KeptData
from boss_bot_core.domain.status import FINISHED
from boss_bot_core.domain.users import PermissionLevel

OWNER_COLUMNS = {
    "user": (USERS.c.user_id, USER_PREFERENCES.c.user_id),
    "guild": (GUILDS.c.guild_id, GUILD_TRAFFIC.c.guild_id, GUILD_MEMBERSHIPS.c.guild_id),
}
"""The columns with the id of an owner, in the tables that hang on no download."""

_ITEMS = {"user": ITEMS.c.user_id, "guild": ITEMS.c.guild_id}
_PARTS = {
    "files": DOWNLOADED_FILES.c.download_item_id,
    "cards": CARDS.c.item_id,
    "deliveries": DELIVERIES.c.item_id,
}
_MOST_PARAMETERS = 500


class KeptDataReader(Repository):
    """Queries over the data of one owner, inside one transaction."""

    async def count(self, owner: DataOwner) -> KeptData:
        """Return the numbers of what is kept of `owner`."""
        of_owner = _ITEMS[owner.kind] == owner.id
        items = sa.select(ITEMS.c.id).where(of_owner)
        number = {name: await self._count(column.in_(items)) for name, column in _PARTS.items()}
        return KeptData(
            downloads=await self._count(of_owner),
            unfinished=await self._count(of_owner & ITEMS.c.status.not_in(FINISHED)),
            files=number["files"],
            messages=number["cards"] + number["deliveries"],
            settings=sum([await self._count(column == owner.id) for column in OWNER_COLUMNS[owner.kind]]),
        )

    async def list_items(self, owner: DataOwner) -> list[DownloadItem]:
        """Return all downloads of `owner`, oldest first."""
        query = sa.select(ITEMS).where(_ITEMS[owner.kind] == owner.id).order_by(ITEMS.c.created_at, ITEMS.c.id)
        return [row_to_item(row) for row in (await self._connection.execute(query)).mappings()]

    async def list_history(self, before: datetime, *, limit: int) -> list[tuple[UUID, datetime]]:
        """Return ids and ends of at most `limit` downloads that ended before a time and have no files, oldest first."""
        has_files = sa.exists().where(DOWNLOADED_FILES.c.download_item_id == ITEMS.c.id)
        query = sa.select(ITEMS.c.id, ITEMS.c.completed_at).where(
            ITEMS.c.status.in_(FINISHED), ITEMS.c.completed_at < before, ~has_files
        )
        rows = await self._connection.execute(query.order_by(ITEMS.c.completed_at, ITEMS.c.id).limit(limit))
        return [(row[0], row[1]) for row in rows]

    async def _count(self, where: sa.ColumnElement[bool]) -> int:
        return await self._connection.scalar(sa.select(sa.func.count()).where(where)) or 0


class KeptDataWriter(KeptDataReader):
    """Queries and deletions of the data of one owner, inside one transaction that may write."""

    async def delete_items(self, item_ids: Iterable[UUID]) -> None:
        """Delete downloads, with the records of their files and messages."""
        ids = list(item_ids)
        for start in range(0, len(ids), _MOST_PARAMETERS):
            await self._connection.execute(
                sa.delete(ITEMS).where(ITEMS.c.id.in_(ids[start : start + _MOST_PARAMETERS]))
            )

    async def delete_settings(self, owner: DataOwner) -> None:
        """Delete everything of `owner` that hangs on no download."""
        for column in OWNER_COLUMNS[owner.kind]:
            await self._connection.execute(sa.delete(column.table).where(column == owner.id))

    async def delete_idle_users(self, before: datetime) -> int:
        """Delete the counts of users without limits of their own and without a download since a time."""
        is_plain = (
            (USERS.c.permission_level == PermissionLevel.NORMAL)
            & USERS.c.max_concurrent_downloads.is_(None)
            & USERS.c.max_file_size_mb.is_(None)
        )
        last = sa.func.coalesce(USERS.c.last_download, USERS.c.created_at)
        done = await self._connection.execute(
            sa.delete(USERS).where(is_plain, last < before).returning(USERS.c.user_id)
        )
        return len(done.all())
