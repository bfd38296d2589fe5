"""How many downloads may run of whom: kept in memory, because the queue asks at every decision and must not wait."""

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from boss_bot_core.database import Reading, Writing
from boss_bot_core.queue import QueueLimits


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
    async def read(cls, tx: Reading | Writing) -> "RunningLimits":
        """Return what is set now."""
        users, guilds = await tx.users.running_limits(), await tx.guilds.running_limits()
        return cls(MappingProxyType(users), MappingProxyType(guilds))

    def over(self, base: QueueLimits) -> QueueLimits:
        """Return `base` with these in it."""
        return attrs.evolve(base, max_running_of_user=self.of_users, max_running_of_guild=self.of_guilds)
