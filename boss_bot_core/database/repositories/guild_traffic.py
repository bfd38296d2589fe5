"""The repository of the guilds' traffic: how many bytes each guild has fetched on its last day."""

from datetime import date

import sqlalchemy as sa

from boss_bot_core.database.repositories._base import Repository, upsert
from boss_bot_core.database.schema.users_and_guilds import GUILD_TRAFFIC as TRAFFIC


class GuildTrafficReader(Repository):
    """Queries over the traffic, inside one transaction."""

    async def count_bytes(self, guild_id: int, day: date) -> int:
        """Return the bytes that the guild fetched on `day`; a day before its last one counts as 0."""
        where = (TRAFFIC.c.guild_id == guild_id) & (TRAFFIC.c.day == day)
        return await self._connection.scalar(sa.select(TRAFFIC.c.fetched_bytes).where(where)) or 0


class GuildTrafficWriter(GuildTrafficReader):
    """Queries and changes of the traffic, inside one transaction that may write."""

    async def add_bytes(self, guild_id: int, day: date, fetched_bytes: int) -> None:
        """Add bytes to the guild's day; the count of an earlier day is replaced."""
        before = sa.case((TRAFFIC.c.day == day, TRAFFIC.c.fetched_bytes), else_=0)
        new = {"guild_id": guild_id, "day": day, "fetched_bytes": fetched_bytes}
        on_conflict = {"day": day, "fetched_bytes": before + fetched_bytes}
        await upsert(self._connection, TRAFFIC, new, on_conflict=on_conflict)
