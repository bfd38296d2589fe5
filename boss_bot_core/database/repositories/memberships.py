"""The repository of the bot's memberships: which guilds it has explained itself to, and which it has left."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from boss_bot_core.database.repositories._base import Repository, upsert
from boss_bot_core.database.schema.downloads import DOWNLOAD_ITEMS as ITEMS
from boss_bot_core.database.schema.users_and_guilds import GUILD_MEMBERSHIPS as MEMBERSHIPS
from boss_bot_core.database.schema.users_and_guilds import GUILD_TRAFFIC, GUILDS
from boss_bot_core.domain.items import LOCAL_ID


class MembershipReader(Repository):
    """Queries over memberships, inside one transaction."""

    async def list_left(self) -> dict[int, datetime]:
        """Return when the bot left each guild of which something is kept, by the guild's id."""
        query = sa.select(MEMBERSHIPS.c.guild_id, MEMBERSHIPS.c.left_at).where(MEMBERSHIPS.c.left_at.is_not(None))
        return {row[0]: row[1] for row in await self._connection.execute(query)}

    async def list_welcomed(self) -> frozenset[int]:
        """Return the guilds that the bot has explained itself to."""
        where = MEMBERSHIPS.c.welcomed_at.is_not(None)
        return frozenset(await self._connection.scalars(sa.select(MEMBERSHIPS.c.guild_id).where(where)))

    async def list_known(self) -> frozenset[int]:
        """Return the guilds of which anything is kept."""
        columns = (ITEMS.c.guild_id, GUILDS.c.guild_id, GUILD_TRAFFIC.c.guild_id, MEMBERSHIPS.c.guild_id)
        found = await self._connection.scalars(sa.union(*map(sa.select, columns)))
        return frozenset(found) - {LOCAL_ID}


class MembershipWriter(MembershipReader):
    """Queries and changes of memberships, inside one transaction that may write."""

    async def record_left(self, guild_ids: Iterable[int], when: datetime) -> None:
        """Record that the bot is no member of these guilds; of one that it has left already, the first time counts."""
        first = sa.func.coalesce(MEMBERSHIPS.c.left_at, when)
        for guild_id in guild_ids:
            row = {"guild_id": guild_id, "welcomed_at": None, "left_at": when}
            await upsert(self._connection, MEMBERSHIPS, row, on_conflict={"left_at": first})

    async def record_present(self, guild_ids: Iterable[int]) -> None:
        """Record that the bot is a member of these guilds; those that it never left have nothing to record."""
        where = MEMBERSHIPS.c.guild_id.in_(guild_ids) & MEMBERSHIPS.c.left_at.is_not(None)
        await self._connection.execute(sa.update(MEMBERSHIPS).where(where).values(left_at=None))

    async def record_welcome(self, guild_id: int, when: datetime) -> bool:
        """Record that the bot explains itself to a guild; return False if it has done so before."""
        known = await self._connection.scalar(
            sa.select(MEMBERSHIPS.c.welcomed_at).where(MEMBERSHIPS.c.guild_id == guild_id).with_for_update()
        )
        if known is not None:
            return False
        row = {"guild_id": guild_id, "welcomed_at": when, "left_at": None}
        await upsert(self._connection, MEMBERSHIPS, row, on_conflict={"welcomed_at": when})
        return True
