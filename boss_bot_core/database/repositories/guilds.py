"""The repositories of guilds: their settings, and how many bytes each guild has fetched on its last day."""

from datetime import date

import attrs
import sqlalchemy as sa

from boss_bot_core.database.repositories._base import Repository, upsert
from boss_bot_core.database.schema.users_and_guilds import GUILD_TRAFFIC as TRAFFIC
from boss_bot_core.database.schema.users_and_guilds import GUILDS
from boss_bot_core.domain.guilds import GuildSettings


class GuildReader(Repository):
    """Queries over guilds, inside one transaction."""

    async def get(self, guild_id: int) -> GuildSettings | None:
        """Return the guild's settings, or None if nothing was set."""
        rows = await self._connection.execute(sa.select(GUILDS).where(GUILDS.c.guild_id == guild_id))
        row = rows.mappings().one_or_none()
        return None if row is None else GuildSettings(**row)

    async def is_premium(self, guild_id: int) -> bool:
        """Return whether the guild is premium."""
        return bool(await self._connection.scalar(sa.select(GUILDS.c.is_premium).where(GUILDS.c.guild_id == guild_id)))

    async def read_running_limits(self) -> dict[int, int]:
        """Return the limit of running downloads of each guild that has a limit of its own."""
        limit = GUILDS.c.max_running
        rows = await self._connection.execute(sa.select(GUILDS.c.guild_id, limit).where(limit.is_not(None)))
        return {row[0]: row[1] for row in rows}

    async def read_command_prefixes(self) -> dict[int, str]:
        """Return the prefix of typed commands of each guild that has a prefix of its own."""
        prefix = GUILDS.c.command_prefix
        rows = await self._connection.execute(sa.select(GUILDS.c.guild_id, prefix).where(prefix.is_not(None)))
        return {row[0]: row[1] for row in rows}


class GuildWriter(GuildReader):
    """Queries and changes of guilds, inside one transaction that may write."""

    async def put(self, settings: GuildSettings) -> None:
        """Store `settings`, replacing the previous ones."""
        await upsert(self._connection, GUILDS, attrs.asdict(settings, recurse=False))


class GuildTrafficReader(Repository):
    """Queries over the traffic, inside one transaction."""

    async def count_bytes(self, guild_id: int, day: date) -> int:
        """Return the bytes that the guild fetched on `day`; a day before its last one counts as 0."""
        where = (TRAFFIC.c.guild_id == guild_id) & (TRAFFIC.c.day == day)
        return await self._connection.scalar(sa.select(TRAFFIC.c.fetched_bytes).where(where)) or 0

    async def list_day(self, day: date) -> dict[int, int]:
        """Return the bytes that each guild fetched on `day`; only guilds whose last day it is."""
        columns = sa.select(TRAFFIC.c.guild_id, TRAFFIC.c.fetched_bytes)
        rows = await self._connection.execute(columns.where(TRAFFIC.c.day == day))
        return {row[0]: row[1] for row in rows}


class GuildTrafficWriter(GuildTrafficReader):
    """Queries and changes of the traffic, inside one transaction that may write."""

    async def add_bytes(self, guild_id: int, day: date, fetched_bytes: int) -> None:
        """Add bytes to the guild's day; the count of an earlier day is replaced."""
        before = sa.case((TRAFFIC.c.day == day, TRAFFIC.c.fetched_bytes), else_=0)
        new = {"guild_id": guild_id, "day": day, "fetched_bytes": fetched_bytes}
        on_conflict = {"day": day, "fetched_bytes": before + fetched_bytes}
        await upsert(self._connection, TRAFFIC, new, on_conflict=on_conflict)
