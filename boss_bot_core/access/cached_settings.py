"""The base of stored settings that are held in memory, because they are asked for too often to be read each time."""

import asyncio
from abc import ABC, abstractmethod

from boss_bot_core.database import Database, ReadUnit


class CachedSettings(ABC):
    """Holds stored settings, as of the last refresh.

    Args:
        database: The open database that stores them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._refresh_lock = asyncio.Lock()

    async def refresh(self) -> None:
        """Read the settings again, after one of them was changed."""
        # One refresh at a time: of two concurrent ones, the slower could restore what was stored before the change.
        async with self._refresh_lock, self._database.connect() as tx:
            await self._read(tx)

    @abstractmethod
    async def _read(self, tx: ReadUnit) -> None:
        """Read the settings and hold them."""
