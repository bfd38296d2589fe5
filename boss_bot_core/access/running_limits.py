"""How many downloads may run of whom: kept in memory, because the queue asks at every decision and must not wait."""

import asyncio
from collections.abc import Callable, Mapping
from types import MappingProxyType

import attrs

from boss_bot_core.database import Database, ReadUnit
from boss_bot_core.queue import QueueLimits

ChangeCallback = Callable[[], None]
"""Called when limits have been read anew: whoever waits for a place may start now."""


def ignore_change() -> None:
    """Wake nobody."""


@attrs.frozen
class RunningLimits:
    """The limits that differ from everybody's.

    Attributes:
        of_users: By person.
        of_guilds: By server.
    """

    by_user: Mapping[int, int] = MappingProxyType({})
    by_guild: Mapping[int, int] = MappingProxyType({})

    @classmethod
    async def read(cls, tx: ReadUnit) -> "RunningLimits":
        """Return what is set now."""
        users, guilds = await tx.users.read_running_limits(), await tx.guilds.read_running_limits()
        return cls(MappingProxyType(users), MappingProxyType(guilds))

    def apply_to(self, base: QueueLimits) -> QueueLimits:
        """Return `base` with these in it."""
        return attrs.evolve(base, max_running_of_user=self.by_user, max_running_of_guild=self.by_guild)


class RunningLimitsCache:
    """The limits as of the last change.

    Args:
        database: Where they are kept.
        changed: Told of that.
    """

    def __init__(self, database: Database, on_change: ChangeCallback) -> None:
        self._database = database
        self._on_change = on_change
        self._refresh_lock = asyncio.Lock()
        self._limits = RunningLimits()

    async def refresh(self) -> None:
        """Read them."""
        # One after the other: the slower of two readers would put back what was before the last change.
        async with self._refresh_lock, self._database.connect() as tx:
            self._limits = await RunningLimits.read(tx)
        self._on_change()

    def apply_to(self, base: QueueLimits) -> QueueLimits:
        """Return `base` with them in it."""
        return self._limits.apply_to(base)
