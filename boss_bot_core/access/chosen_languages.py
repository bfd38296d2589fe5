"""The languages that guilds and users chose for the bot's texts.

They are cached in memory, because every interaction and every card asks for one.
"""

from collections.abc import Mapping

from boss_bot_core.access.cached_settings import CachedSettings
from boss_bot_core.database import Database, ReadUnit


class ChosenLanguages(CachedSettings):
    """Holds the languages in memory, as of the last refresh.

    Args:
        database: The open database that stores them.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._by_guild: Mapping[int, str] = {}
        self._by_user: Mapping[int, str] = {}

    async def _read(self, tx: ReadUnit) -> None:
        self._by_guild = await tx.guilds.read_languages()
        self._by_user = await tx.users.read_languages()

    def of_guild(self, guild_id: int) -> str | None:
        """Return the language that a guild chose, or None."""
        return self._by_guild.get(guild_id)

    def of_user(self, user_id: int) -> str | None:
        """Return the language that a user chose, or None."""
        return self._by_user.get(user_id)
