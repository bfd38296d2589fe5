"""How much may be kept: per server and day, of unfinished downloads, and what must stay free on the disk."""

import shutil
from datetime import datetime

import attrs

from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.errors import DiskFullError, QuotaExceededError
from boss_bot_core.storage.filesystem import folder_size
from boss_bot_core.storage.layout import StorageLayout


@attrs.frozen(kw_only=True)
class Quota:
    """Limits, in bytes.

    Attributes:
        temp_bytes: All unfinished downloads together.
        guild_daily_bytes: One server's organised downloads of a day (UTC).
        min_free_bytes: What stays free on each disk in use.
    """

    temp_bytes: int
    guild_daily_bytes: int
    min_free_bytes: int


@attrs.frozen(kw_only=True)
class Usage:
    """What is in use, in bytes.

    Attributes:
        temp_bytes: By all unfinished downloads.
        guild_day_bytes: By one server's downloads of the day.
        free_bytes: Free, on the fullest disk in use.
    """

    temp_bytes: int
    guild_day_bytes: int
    free_bytes: int


def measure(layout: StorageLayout, guild_id: int, now: datetime) -> Usage:
    """Measure what is in use; blocking. The folders must be there."""
    return Usage(
        temp_bytes=folder_size(layout.temp),
        guild_day_bytes=folder_size(layout.day_folder(guild_id, now)),
        free_bytes=min(shutil.disk_usage(folder).free for folder in (layout.downloads, layout.temp)),
    )


def check_quota(quota: Quota, usage: Usage, guild_id: int, incoming_bytes: int = 0) -> None:
    """Check that there is room for more.

    Args:
        quota: The limits.
        usage: What is in use.
        guild_id: For which server; the command line's own downloads have no daily limit.
        incoming_bytes: How much will come, where that is known.

    Raises:
        QuotaExceededError: The server has had its share of the day.
        DiskFullError: There is no room for anybody.
    """
    more = max(incoming_bytes, 1)
    if guild_id != LOCAL_ID and usage.guild_day_bytes + more > quota.guild_daily_bytes:
        raise QuotaExceededError("This server has used up its downloads of today.")
    if usage.temp_bytes + more > quota.temp_bytes:
        raise DiskFullError("The bot has no room for more downloads at the moment.")
    if usage.free_bytes - incoming_bytes < quota.min_free_bytes:
        raise DiskFullError("The bot's disk is nearly full.")
