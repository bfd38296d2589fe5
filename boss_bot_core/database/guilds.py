"""Servers and what their admins decided."""

import attrs
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from boss_bot_core.database.people_tables import GUILDS
from boss_bot_core.database.upsert import upsert
from boss_bot_core.domain.guilds import GuildSettings


class GuildReader:
    """Queries over servers, inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, guild_id: int) -> GuildSettings | None:
        """Return the server's settings, or None where nobody has set anything."""
        rows = await self._connection.execute(sa.select(GUILDS).where(GUILDS.c.guild_id == guild_id))
        row = rows.mappings().one_or_none()
        return None if row is None else GuildSettings(**row)

    async def running_limits(self) -> dict[int, int]:
        """Return how many downloads may run of each server whose admins set that."""
        limit = GUILDS.c.max_running
        rows = await self._connection.execute(sa.select(GUILDS.c.guild_id, limit).where(limit.is_not(None)))
        return {row[0]: row[1] for row in rows}


class GuildStore(GuildReader):
    """Reads and writes over servers, inside one writing transaction."""

    async def put(self, settings: GuildSettings) -> None:
        """Keep `settings` in place of what is there."""
        await upsert(self._connection, GUILDS, attrs.asdict(settings, recurse=False))

    async def forget(self, guild_id: int) -> None:
        """Drop a server's settings."""
        await self._connection.execute(sa.delete(GUILDS).where(GUILDS.c.guild_id == guild_id))
