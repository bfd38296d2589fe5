"""The repositories of users: their settings, and how many downloads they have requested."""

from datetime import datetime

import attrs
import sqlalchemy as sa

from boss_bot_core.database.repositories._base import Repository, upsert
from boss_bot_core.database.schema.downloads import DOWNLOAD_ITEMS as ITEMS
from boss_bot_core.database.schema.users_and_guilds import USER_PREFERENCES as PREFERENCES
from boss_bot_core.database.schema.users_and_guilds import USERS
from boss_bot_core.domain.preferences import PreferenceChoices
from boss_bot_core.domain.status import UNCOUNTED
from boss_bot_core.domain.users import UserSettings


class UserReader(Repository):
    """Queries over users, inside one transaction."""

    async def get(self, user_id: int) -> UserSettings | None:
        """Return the stored settings of the user, or None if the bot has not met the user."""
        rows = await self._connection.execute(sa.select(USERS).where(USERS.c.user_id == user_id))
        row = rows.mappings().one_or_none()
        return None if row is None else UserSettings(**row)

    async def get_preferences(self, user_id: int) -> PreferenceChoices | None:
        """Return the preferences that the user chose, or None if nothing was chosen."""
        query = sa.select(PREFERENCES.c.choices).where(PREFERENCES.c.user_id == user_id)
        choices: PreferenceChoices | None = await self._connection.scalar(query)
        return choices

    async def read_languages(self) -> dict[int, str]:
        """Return the language of each user who chose one."""
        language = sa.type_coerce(PREFERENCES.c.choices, sa.JSON)["language"].as_string()
        rows = await self._connection.execute(sa.select(PREFERENCES.c.user_id, language).where(language.is_not(None)))
        return {row[0]: row[1] for row in rows}

    async def count_downloads_since(self, user_id: int, when: datetime, *, guild_id: int | None = None) -> int:
        """Return how many downloads the user has requested since `when`, in one guild or anywhere.

        Failed and cancelled downloads delivered nothing and do not count.
        """
        query = (
            sa.select(sa.func.count())
            .select_from(ITEMS)
            .where(ITEMS.c.user_id == user_id, ITEMS.c.created_at >= when, ITEMS.c.status.not_in(UNCOUNTED))
        )
        if guild_id is not None:
            query = query.where(ITEMS.c.guild_id == guild_id)
        return await self._connection.scalar(query) or 0

    async def read_running_limits(self) -> dict[int, int]:
        """Return the limit of running downloads of each user who has a limit of their own."""
        limit = USERS.c.max_concurrent_downloads
        rows = await self._connection.execute(sa.select(USERS.c.user_id, limit).where(limit.is_not(None)))
        return {row[0]: row[1] for row in rows}


class UserWriter(UserReader):
    """Queries and changes of users, inside one transaction that may write."""

    async def get_or_create(self, user_id: int, now: datetime) -> UserSettings:
        """Return the settings of the user, and store default settings first if there are none."""
        new = UserSettings(user_id=user_id, created_at=now)
        await upsert(self._connection, USERS, attrs.asdict(new), on_conflict={})
        return await self.get(user_id) or new

    async def put(self, settings: UserSettings) -> None:
        """Store `settings`, replacing the previous ones."""
        await upsert(self._connection, USERS, attrs.asdict(settings))

    async def put_preferences(self, user_id: int, choices: PreferenceChoices) -> None:
        """Store the preferences that the user chose, replacing the previous ones."""
        await upsert(self._connection, PREFERENCES, {"user_id": user_id, "choices": choices})

    async def record_download(self, user_id: int, now: datetime) -> None:
        """Count one more completed download of the user."""
        first = UserSettings(user_id=user_id, created_at=now, total_downloads=1, last_download=now)
        more = {"total_downloads": USERS.c.total_downloads + 1, "last_download": now}
        await upsert(self._connection, USERS, attrs.asdict(first), on_conflict=more)
