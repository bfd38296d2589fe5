"""How many downloads may run of whom: kept in memory, because the queue asks at every decision and must not wait."""

import asyncio
from collections.abc import Callable, Mapping
from types import MappingProxyType

import attrs

from boss_bot_core.database import Database, ReadUnit, UnitOfWork
from boss_bot_core.queue import QueueLimits

OnChange = Callable[[], None]
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

    of_users: Mapping[int, int] = MappingProxyType({})
    of_guilds: Mapping[int, int] = MappingProxyType({})

    @classmethod
    async def read(cls, tx: ReadUnit | UnitOfWork) -> "RunningLimits":
        """Return what is set now."""
        users, guilds = await tx.users.running_limits(), await tx.guilds.running_limits()
        return cls(MappingProxyType(users), MappingProxyType(guilds))

    def applied_to(self, base: QueueLimits) -> QueueLimits:
        """Return `base` with these in it."""
        return attrs.evolve(base, max_running_by_user=self.of_users, max_running_by_guild=self.of_guilds)


class RunningLimitsCache:
    """The limits as of the last change.

    Args:
        database: Where they are kept.
        changed: Told of that.
    """

    def __init__(self, database: Database, changed: OnChange) -> None:
        self._database = database
        self._changed = changed
        self._turn = asyncio.Lock()
        self._limits = RunningLimits()

    async def refresh(self) -> None:
        """Read them."""
        # One after the other: the slower of two readers would put back what was before the last change.
        async with self._turn, self._database.connect() as tx:
            self._limits = await RunningLimits.read(tx)
        self._changed()

    def applied_to(self, base: QueueLimits) -> QueueLimits:
        """Return `base` with them in it."""
        return self._limits.applied_to(base)
