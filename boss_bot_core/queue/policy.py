"""The start policy: a pure function that chooses the next download from the waiting and running ones and the limits.

The policy is separate from the queue, so that property tests can check its rules with thousands of generated queues.
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import attrs

from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.queue.limits import QueueLimits
from boss_bot_core.queue.start_verdict import RoomJudge, StartVerdict


def choose_next(
    waiting: Collection[DownloadItem],
    running: Collection[DownloadItem],
    limits: QueueLimits,
    now: datetime,
    judge_room: RoomJudge | None = None,
) -> DownloadItem | None:
    """Return the item to start at `now`, or None when no item may start.

    The order is: highest priority, then the guild and then the user with the fewest running downloads, then the oldest.
    An item is skipped, without delaying others, while it is not due, while its user's or guild's limit is reached, and
    while another download fetches the same media: afterwards the media are available from storage. `judge_room` tells
    whether an item has room to start; None means all have.
    """
    if len(running) >= limits.max_running:
        return None
    counts = _RunningCounts.from_items(running)
    startable = [item for item in waiting if _is_due(item, now) and counts.may_start(item, limits)]
    while startable:
        chosen = min(startable, key=counts.build_sort_key)
        match StartVerdict.START if judge_room is None else judge_room(chosen):
            case StartVerdict.START:
                return chosen
            case StartVerdict.HOLD:
                return None
        startable.remove(chosen)
    return None


def is_deliverable(item: DownloadItem, kinds: Collection[str] | None, machine: str | None) -> bool:
    """Return whether the item can be delivered from `machine`, where `kinds` of destinations are possible.

    None as `kinds` or as `machine` means any. A folder exists only on the machine that the item was requested on.
    """
    if kinds is not None and item.destination.kind not in kinds:
        return False
    return item.destination.kind != "folder" or item.machine == machine or None in {item.machine, machine}


def _is_due(item: DownloadItem, now: datetime) -> bool:
    return item.not_before is None or item.not_before <= now


@attrs.frozen
class _RunningCounts:
    """The numbers of running downloads, and their media.

    Attributes:
        guilds: Numbers by guild.
        groups: Numbers by fairness group: a guild, or the direct messages of one user, which rank like a guild.
        users: Numbers by user.
        media: The media that are being fetched, each with the key of its options.
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
