"""What to start next, as a pure function of what waits, what runs and the limits.

It stands apart from the queue so that the rules can be read, and tried with thousands of made-up queues, in one place.
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import attrs

from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.queue.limits import QueueLimits


def choose_next(
    waiting: Collection[DownloadItem], running: Collection[DownloadItem], limits: QueueLimits, now: datetime
) -> DownloadItem | None:
    """Return the item to start at `now`, or None when nothing may start.

    The highest priority first; then the guild, then the person, with the fewest running; then the oldest. Passed over,
    and holding nobody up, is what is not yet due, whose person or guild has as many running as allowed, or whose media
    another download is fetching at this moment: they can be had from storage afterwards.
    """
    if len(running) >= limits.max_running:
        return None
    load = _RunningCounts.from_items(running)
    startable = (item for item in waiting if _is_due(item, now) and load.may_start(item, limits))
    return min(startable, key=load.build_sort_key, default=None)


def _is_due(item: DownloadItem, now: datetime) -> bool:
    return item.not_before is None or item.not_before <= now


@attrs.frozen
class _RunningCounts:
    """How many downloads each guild and each person has running, and of what.

    Attributes:
        guilds: By guild.
        places: By guild too, but direct messages are a place of each person's own: they compete as equals of servers.
        users: By person.
        media: What is being fetched, and in which form.
    """

    guilds: Counter[int]
    groups: Counter[tuple[int, int]]
    users: Counter[int]
    media: Collection[tuple[str, str]]

    @classmethod
    def from_items(cls, running: Collection[DownloadItem]) -> "_RunningCounts":
        return cls(
            Counter(item.guild_id for item in running),
            Counter(_find_fairness_group(item) for item in running),
            Counter(item.user_id for item in running),
            {_get_media(item) for item in running},
        )

    def may_start(self, item: DownloadItem, limits: QueueLimits) -> bool:
        return (
            _get_media(item) not in self.media
            and _is_below(self.guilds[item.guild_id], limits.get_guild_limit(item.guild_id))
            and _is_below(self.users[item.user_id], limits.get_user_limit(item.user_id))
        )

    def build_sort_key(self, item: DownloadItem) -> tuple[int, int, int, datetime, UUID]:
        # The id only decides between items of the same microsecond, so that the order is always the same.
        return (
            -item.priority,
            self.groups[_find_fairness_group(item)],
            self.users[item.user_id],
            item.created_at,
            item.id,
        )


def _get_media(item: DownloadItem) -> tuple[str, str]:
    return (item.media_key, item.options.content_key)


def _find_fairness_group(item: DownloadItem) -> tuple[int, int]:
    return (LOCAL_ID, item.user_id) if item.guild_id == LOCAL_ID else (item.guild_id, LOCAL_ID)


def _is_below(running: int, allowed: int | None) -> bool:
    return allowed is None or running < allowed
