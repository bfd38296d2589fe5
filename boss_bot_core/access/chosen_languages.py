"""The languages that guilds and users chose for the bot's texts.

They are cached in memory, because every interaction and every card asks for one.
"""

import asyncio
from collections.abc import Mapping

from boss_bot_core.database import Database


class ChosenLanguages:
    """Holds the languages in memory, as of the last refresh.

    Args:
        database: The open database that stores them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._refresh_lock = asyncio.Lock()
        self._by_guild: Mapping[int, str] = {}
        self._by_user: Mapping[int, str] = {}

    async def refresh(self) -> None:
        """Read the languages again, after one of them was changed."""
        # One refresh at a time: of two concurrent ones, the slower could restore a language from before the change.
        async with self._refresh_lock, self._database.connect() as tx:
            self._by_guild = await tx.guilds.read_languages()
            self._by_user = await tx.users.read_languages()

    def of_guild(self, guild_id: int) -> str | None:
        """Return the language that a guild chose, or None."""
        return self._by_guild.get(guild_id)

    def of_user(self, user_id: int) -> str | None:
        """Return the language that a user chose, or None."""
        return self._by_user.get(user_id)
