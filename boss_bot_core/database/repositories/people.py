"""People: what they may, what they prefer, and how much they have asked for.

Servers and what their admins decided.
"""

from datetime import datetime

import attrs
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from boss_bot_core.database.repositories._rows import upsert
from boss_bot_core.database.schema.downloads import DOWNLOAD_ITEMS as ITEMS
from boss_bot_core.database.schema.people import GUILDS, USERS
from boss_bot_core.database.schema.people import USER_PREFERENCES as PREFERENCES
from boss_bot_core.domain.guilds import GuildSettings
from boss_bot_core.domain.preferences import PreferenceChoices
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.domain.users import UserSettings

_NOT_USED_UP = (DownloadStatus.FAILED, DownloadStatus.CANCELLED)


class UserReader:
    """Queries over people, inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, user_id: int) -> UserSettings | None:
        """Return what is kept of the person, or None before the bot has met them."""
        rows = await self._connection.execute(sa.select(USERS).where(USERS.c.user_id == user_id))
        row = rows.mappings().one_or_none()
        return None if row is None else UserSettings(**row)

    async def get_preferences(self, user_id: int) -> PreferenceChoices | None:
        """Return what the person chose, or None where they chose nothing."""
        query = sa.select(PREFERENCES.c.choices).where(PREFERENCES.c.user_id == user_id)
        choices: PreferenceChoices | None = await self._connection.scalar(query)
        return choices

    async def count_downloads_since(self, user_id: int, when: datetime, *, guild_id: int | None = None) -> int:
        """Return how many downloads the person asked for since `when`, in one guild or anywhere.

        Those that failed or were cancelled brought nothing and do not count.
        """
        query = (
            sa.select(sa.func.count())
            .select_from(ITEMS)
            .where(ITEMS.c.user_id == user_id, ITEMS.c.created_at >= when, ITEMS.c.status.not_in(_NOT_USED_UP))
        )
        if guild_id is not None:
            query = query.where(ITEMS.c.guild_id == guild_id)
        return await self._connection.scalar(query) or 0

    async def read_running_limits(self) -> dict[int, int]:
        """Return how many downloads may run of each person for whom somebody set that."""
        limit = USERS.c.max_concurrent_downloads
        rows = await self._connection.execute(sa.select(USERS.c.user_id, limit).where(limit.is_not(None)))
        return {row[0]: row[1] for row in rows}


class UserWriter(UserReader):
    """Reads and writes over people, inside one writing transaction."""

    async def get_or_create(self, user_id: int, now: datetime) -> UserSettings:
        """Return what is kept of the person, who is met `now` if they were not before."""
        new = UserSettings(user_id=user_id, created_at=now)
        await upsert(self._connection, USERS, attrs.asdict(new), on_conflict={})
        return await self.get(user_id) or new

    async def put(self, settings: UserSettings) -> None:
        """Keep `settings` in place of what is there."""
        await upsert(self._connection, USERS, attrs.asdict(settings))

    async def put_preferences(self, user_id: int, choices: PreferenceChoices) -> None:
        """Keep what the person chose, in place of what they chose before."""
        await upsert(self._connection, PREFERENCES, {"user_id": user_id, "choices": choices})

    async def record_download(self, user_id: int, now: datetime) -> None:
        """Count one more completed download."""
        first = UserSettings(user_id=user_id, created_at=now, total_downloads=1, last_download=now)
        more = {"total_downloads": USERS.c.total_downloads + 1, "last_download": now}
        await upsert(self._connection, USERS, attrs.asdict(first), on_conflict=more)


class GuildReader:
    """Queries over servers, inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, guild_id: int) -> GuildSettings | None:
        """Return the server's settings, or None where nobody has set anything."""
        rows = await self._connection.execute(sa.select(GUILDS).where(GUILDS.c.guild_id == guild_id))
        row = rows.mappings().one_or_none()
        return None if row is None else GuildSettings(**row)

    async def read_running_limits(self) -> dict[int, int]:
        """Return how many downloads may run of each server whose admins set that."""
        limit = GUILDS.c.max_running
        rows = await self._connection.execute(sa.select(GUILDS.c.guild_id, limit).where(limit.is_not(None)))
        return {row[0]: row[1] for row in rows}


class GuildWriter(GuildReader):
    """Reads and writes over servers, inside one writing transaction."""

    async def put(self, settings: GuildSettings) -> None:
        """Keep `settings` in place of what is there."""
        await upsert(self._connection, GUILDS, attrs.asdict(settings, recurse=False))

    async def delete(self, guild_id: int) -> None:
        """Drop a server's settings."""
        await self._connection.execute(sa.delete(GUILDS).where(GUILDS.c.guild_id == guild_id))
