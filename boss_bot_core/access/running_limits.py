"""The limits of running downloads of single users and guilds.

They are cached in memory, because the queue asks for them at every decision and must not wait.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import attrs

from boss_bot_core.access.cached_settings import CachedSettings
from boss_bot_core.database import Database, ReadUnit
from boss_bot_core.queue import QueueLimits

ChangeCallback = Callable[[], None]
"""Called after the limits were read again: waiting downloads may be allowed to start now."""


def ignore_change() -> None:
    """Do nothing; the callback of a service whose process runs no downloads."""


@attrs.frozen
class RunningLimits:
    """The limits of users and guilds that have a limit of their own.

    Attributes:
        by_user: Number of downloads that may run at the same time, by user id.
        by_guild: The same, by guild id.
    """

    by_user: Mapping[int, int] = MappingProxyType({})
    by_guild: Mapping[int, int] = MappingProxyType({})

    @classmethod
    async def read(cls, tx: ReadUnit) -> "RunningLimits":
        """Return the stored limits."""
        users, guilds = await tx.users.read_running_limits(), await tx.guilds.read_running_limits()
        return cls(MappingProxyType(users), MappingProxyType(guilds))

    def apply_to(self, base: QueueLimits) -> QueueLimits:
        """Return `base` with these limits added."""
        return attrs.evolve(base, max_running_by_user=self.by_user, max_running_by_guild=self.by_guild)


class RunningLimitsCache(CachedSettings):
    """Holds the limits in memory, as of the last refresh.

    Args:
        database: The open database that stores the limits.
        on_change: Called after each refresh.
    """

    def __init__(self, database: Database, on_change: ChangeCallback) -> None:
        super().__init__(database)
        self._on_change = on_change
        self._limits = RunningLimits()

    async def refresh(self) -> None:
        """Read the limits again, then call `on_change`."""
        await super().refresh()
        self._on_change()

    async def _read(self, tx: ReadUnit) -> None:
        self._limits = await RunningLimits.read(tx)

    def apply_to(self, base: QueueLimits) -> QueueLimits:
        """Return `base` with the current limits added."""
        return self._limits.apply_to(base)
