"""Old records: of downloads that ended long ago, of idle users, and of guilds that the bot has left."""

from datetime import timedelta

from boss_bot_core.concurrency import shielded
from boss_bot_core.database import Database
from boss_bot_core.domain.clock_history import ClockHistory
from boss_bot_core.domain.privacy import DataOwner
from boss_bot_core.operations.erasure import DataEraser
from boss_bot_core.storage import Retention

_BATCH = 500
"""Downloads that are deleted in one transaction: nothing else can write in these milliseconds."""


async def remove_history(database: Database, period: timedelta, files: Retention, clock: ClockHistory) -> int:
    """Delete the records of downloads that ended long ago, and return how many there were.

    A record with stored files stays as long as these, and none is deleted while a retry may want its files.

    Args:
        database: The records.
        period: How long they are kept.
        files: How long files are kept.
        clock: The history of the clock; its last reading is the present.
    """
    period = max(period, files.delivered, files.premium, files.retryable)
    removed = _BATCH
    total = 0
    while removed == _BATCH:
        removed = await _remove_batch(database, period, clock)
        total += removed
    return total


@shielded
async def _remove_batch(database: Database, period: timedelta, clock: ClockHistory) -> int:
    before = clock.last.wall - period
    # A retry of a finished download is an exclusive transaction too, so that it cannot be one of these.
    async with database.begin(exclusive=True) as tx:
        found = await tx.kept_data.list_history(before, limit=_BATCH)
        # After a jump of the clock, a download may look older than it is.
        old = [item_id for item_id, ended_at in found if clock.compute_age(ended_at) >= period]
        await tx.kept_data.delete_items(old)
        if not clock.jumps:
            await tx.kept_data.delete_idle_users(before)
    return len(old)


async def remove_left_guilds(database: Database, eraser: DataEraser, period: timedelta, clock: ClockHistory) -> int:
    """Erase everything of the guilds that the bot left long ago, and return how many there were."""
    async with database.connect() as tx:
        left = await tx.memberships.list_left()
    old = [guild_id for guild_id, left_at in left.items() if clock.compute_age(left_at) >= period]
    for guild_id in old:
        await eraser.erase(DataOwner(kind="guild", id=guild_id))
    return len(old)
