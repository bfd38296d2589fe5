"""The prefixes of typed commands: the operator's, and those of the guilds that chose another.

They are cached in memory, because the client asks for one at every message that it receives.
"""

import asyncio
from collections.abc import Callable, Mapping

from boss_bot_core.database import Database
from boss_bot_core.domain.guilds import DEFAULT_PREFIX

FindPrefix = Callable[[int], str]
"""Returns the prefix of typed commands in a guild; outside of guilds, the id is `LOCAL_ID`."""


class CommandPrefixes:
    """Holds the prefixes in memory, as of the last refresh.

    Args:
        database: The open database that stores the guilds' prefixes.
        default: The operator's prefix.
    """

    def __init__(self, database: Database, default: str = DEFAULT_PREFIX) -> None:
        self._database = database
        self._default = default
        self._refresh_lock = asyncio.Lock()
        self._by_guild: Mapping[int, str] = {}

    async def refresh(self) -> None:
        """Read the prefixes again, after one of them was changed."""
        # One refresh at a time: of two concurrent ones, the slower could restore a prefix from before the change.
        async with self._refresh_lock, self._database.connect() as tx:
            self._by_guild = await tx.guilds.read_command_prefixes()

    def find(self, guild_id: int) -> str:
        """Return the prefix that typed commands have in a guild; the operator's outside of guilds."""
        return self._by_guild.get(guild_id, self._default)
