"""Builds the room of downloads over a real folder, for tests without an app."""

from collections.abc import Callable
from pathlib import Path

from boss_bot_core.database import Database
from boss_bot_core.operations.cleanup.uptime import read_clock
from boss_bot_core.pipeline.emergency_cleanup import EmergencyCleanup
from boss_bot_core.pipeline.guild_quota import GuildQuota
from boss_bot_core.pipeline.space import SpaceService
from boss_bot_core.storage import Quota, Storage, StorageLayout

MB = 1024 * 1024
PLENTY = Quota(temp_bytes=1024 * MB, guild_daily_bytes=500 * MB, min_free_bytes=1)


def build_test_space(
    database: Database,
    folder: Path,
    quota: Quota = PLENTY,
    max_file_bytes: int = MB,
    announce_room: Callable[[], None] = lambda: None,
) -> SpaceService:
    """Return room below `folder`; a download of unknown size is assumed to need two times `max_file_bytes`."""
    layout = StorageLayout(folder / "data", folder / "cache")
    layout.prepare()
    storage = Storage(layout=layout, quota=quota)
    cleanup = EmergencyCleanup(storage, database, read_clock)
    return SpaceService(storage, GuildQuota(database, quota.guild_daily_bytes), cleanup, max_file_bytes, announce_room)
