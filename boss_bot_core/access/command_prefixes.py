"""The prefixes of typed commands: the operator's, and those of the guilds that chose another.

They are cached in memory, because the client asks for one at every message that it receives.
"""

from collections.abc import Callable, Mapping

from boss_bot_core.access.cached_settings import CachedSettings
from boss_bot_core.database import Database, ReadUnit
from boss_bot_core.domain.guilds import DEFAULT_PREFIX

FindPrefix = Callable[[int], str]
"""Returns the prefix of typed commands in a guild; outside of guilds, the id is `LOCAL_ID`."""


class CommandPrefixes(CachedSettings):
    """Holds the prefixes in memory, as of the last refresh.

    Args:
        database: The open database that stores the guilds' prefixes.
        default: The operator's prefix.
    """

    def __init__(self, database: Database, default: str = DEFAULT_PREFIX) -> None:
        super().__init__(database)
        self._default = default
        self._by_guild: Mapping[int, str] = {}

    async def _read(self, tx: ReadUnit) -> None:
        self._by_guild = await tx.guilds.read_command_prefixes()

    def find(self, guild_id: int) -> str:
        """Return the prefix that typed commands have in a guild; the operator's outside of guilds."""
        return self._by_guild.get(guild_id, self._default)
