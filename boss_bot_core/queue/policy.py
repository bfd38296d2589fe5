"""What to start next, as a pure function of what waits, what runs and the limits.

It stands apart from the queue so that the rules can be read, and tried with thousands of made-up queues, in one place.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

import attrs

from boss_bot_core.domain.items import LOCAL_ID, DownloadItem

NO_EXCEPTIONS: Mapping[int, int] = MappingProxyType({})


@attrs.frozen(kw_only=True)
class QueueLimits:
    """How much may run and wait at a time.

    Attributes:
        max_running: Downloads that run, of everybody.
        max_running_per_user: Downloads of one person that run; the command line's user has no such limit.
        max_waiting: Downloads that wait, paused ones included.
        max_running_per_guild: Downloads of one server that run; None: no such limit.
        max_waiting_per_user: Downloads of one person that wait; None: no such limit.
        max_running_of_user: By person, in place of `max_running_per_user`, for those who are an exception.
        max_running_of_guild: By server, in place of `max_running_per_guild`.
    """

    max_running: int = 5
    max_running_per_user: int = 2
    max_waiting: int = 50
    max_running_per_guild: int | None = None
    max_waiting_per_user: int | None = None
    max_running_of_user: Mapping[int, int] = attrs.field(default=NO_EXCEPTIONS, hash=False)
    max_running_of_guild: Mapping[int, int] = attrs.field(default=NO_EXCEPTIONS, hash=False)

    def of_user(self, user_id: int) -> int | None:
        """Return how many of this person's downloads may run, at least one; None: no limit."""
        if user_id == LOCAL_ID:
            return None
        return max(1, self.max_running_of_user.get(user_id, self.max_running_per_user))

    def of_guild(self, guild_id: int) -> int | None:
        """Return how many of this server's downloads may run, at least one; None: no limit."""
        if guild_id == LOCAL_ID:
            return None
        allowed = self.max_running_of_guild.get(guild_id, self.max_running_per_guild)
        return None if allowed is None else max(1, allowed)


def choose_next(
    waiting: Collection[DownloadItem], running: Collection[DownloadItem], limits: QueueLimits, now: datetime
) -> DownloadItem | None:
    """Return the item to start at `now`, or None when nothing may start.

    The highest priority first; then the guild, then the person, with the fewest running; then the oldest. An item that
    is not yet due, or whose person or guild has as many running as allowed, is passed over and holds nobody up.
    """
    if len(running) >= limits.max_running:
        return None
    load = _Load.of(running)
    startable = (item for item in waiting if _is_due(item, now) and load.has_room_for(item, limits))
    return min(startable, key=load.rank, default=None)


def _is_due(item: DownloadItem, now: datetime) -> bool:
    return item.not_before is None or item.not_before <= now


@attrs.frozen
class _Load:
    """How many downloads each guild and each person has running.

    Attributes:
        guilds: By guild.
        places: By guild too, but direct messages are a place of each person's own: they compete as equals of servers.
        users: By person.
    """

    guilds: Counter[int]
    places: Counter[tuple[int, int]]
    users: Counter[int]

    @classmethod
    def of(cls, running: Collection[DownloadItem]) -> "_Load":
        return cls(
            Counter(item.guild_id for item in running),
            Counter(_place(item) for item in running),
            Counter(item.user_id for item in running),
        )

    def has_room_for(self, item: DownloadItem, limits: QueueLimits) -> bool:
        return _fits(self.guilds[item.guild_id], limits.of_guild(item.guild_id)) and _fits(
            self.users[item.user_id], limits.of_user(item.user_id)
        )

    def rank(self, item: DownloadItem) -> tuple[int, int, int, datetime, UUID]:
        # The id only decides between items of the same microsecond, so that the order is always the same.
        return (-item.priority, self.places[_place(item)], self.users[item.user_id], item.created_at, item.id)


def _place(item: DownloadItem) -> tuple[int, int]:
    return (LOCAL_ID, item.user_id) if item.guild_id == LOCAL_ID else (item.guild_id, LOCAL_ID)


def _fits(running: int, allowed: int | None) -> bool:
    return allowed is None or running < allowed
