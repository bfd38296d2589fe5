"""Limits: of what a guild fetches in a day, of unfinished downloads, and of free space on the disk."""

import shutil

import attrs

from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.errors import DiskFullError, QuotaExceededError
from boss_bot_core.storage.filesystem import measure_folder_size
from boss_bot_core.storage.layout import StorageLayout


@attrs.frozen(kw_only=True)
class Quota:
    """The space limits, in bytes.

    Attributes:
        temp_bytes: Limit for all unfinished downloads together.
        guild_daily_bytes: Limit for what one guild's downloads fetch in a day (UTC).
        min_free_bytes: Space that stays free on each disk in use.
    """

    temp_bytes: int
    guild_daily_bytes: int
    min_free_bytes: int


@attrs.frozen(kw_only=True)
class Usage:
    """The space and the traffic in use, in bytes.

    Attributes:
        temp_bytes: Space of all unfinished downloads.
        guild_day_bytes: What the guild's downloads have fetched today.
        free_bytes: Free space on the fullest disk in use.
    """

    temp_bytes: int
    guild_day_bytes: int
    free_bytes: int


def measure_usage(layout: StorageLayout, guild_day_bytes: int) -> Usage:
    """Measure the space in use; blocking. The folders must exist."""
    return Usage(
        temp_bytes=measure_folder_size(layout.temp),
        guild_day_bytes=guild_day_bytes,
        free_bytes=min(shutil.disk_usage(folder).free for folder in (layout.downloads, layout.temp)),
    )


def check_quota(quota: Quota, usage: Usage, guild_id: int, incoming_bytes: int = 0) -> None:
    """Check that there is space for another download.

    Args:
        quota: The limits.
        usage: The space in use.
        guild_id: The guild of the download; downloads of the command line have no daily limit.
        incoming_bytes: The size of the download, 0 when it is unknown.

    Raises:
        QuotaExceededError: The guild has used up its daily limit.
        DiskFullError: The space for all downloads is used up.
    """
    needed_bytes = max(incoming_bytes, 1)
    if guild_id != LOCAL_ID and usage.guild_day_bytes + needed_bytes > quota.guild_daily_bytes:
        raise QuotaExceededError("This server has used up its downloads of today.")
    if usage.temp_bytes + needed_bytes > quota.temp_bytes:
        raise DiskFullError("The bot has no room for more downloads at the moment.")
    if usage.free_bytes - incoming_bytes < quota.min_free_bytes:
        raise DiskFullError("The bot's disk is nearly full.")
