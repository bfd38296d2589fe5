"""The queue's limits for running and waiting downloads, and the admission of a new download.

Every decision reads the limits again, so that a changed setting takes effect at once.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import uuid4

import attrs

from boss_bot_core.database import Database, UnitOfWork
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem, NewDownload
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import QueueFullError
from boss_bot_core.queue import transitions

NO_OVERRIDES: Mapping[int, int] = MappingProxyType({})


@attrs.frozen(kw_only=True)
class QueueLimits:
    """The limits for running and waiting downloads.

    Attributes:
        max_running: Running downloads of all users.
        max_running_per_user: Running downloads of one user; the command line's user has no such limit.
        max_waiting: Waiting downloads, including paused ones.
        max_running_per_guild: Running downloads of one guild, or None for no limit.
        max_waiting_per_user: Waiting downloads of one user, or None for no limit.
        max_running_by_user: Overrides of `max_running_per_user` by user id.
        max_running_by_guild: Overrides of `max_running_per_guild` by guild id.
    """

    max_running: int = 5
    max_running_per_user: int = 2
    max_waiting: int = 50
    max_running_per_guild: int | None = None
    max_waiting_per_user: int | None = None
    max_running_by_user: Mapping[int, int] = attrs.field(default=NO_OVERRIDES, hash=False)
    max_running_by_guild: Mapping[int, int] = attrs.field(default=NO_OVERRIDES, hash=False)

    def get_user_limit(self, user_id: int) -> int | None:
        """Return the limit for a user's running downloads, at least one, or None for no limit."""
        if user_id == LOCAL_ID:
            return None
        return max(1, self.max_running_by_user.get(user_id, self.max_running_per_user))

    def get_guild_limit(self, guild_id: int) -> int | None:
        """Return the limit for a guild's running downloads, at least one, or None for no limit."""
        if guild_id == LOCAL_ID:
            return None
        allowed = self.max_running_by_guild.get(guild_id, self.max_running_per_guild)
        return None if allowed is None else max(1, allowed)


WAITING = frozenset({DownloadStatus.QUEUED, DownloadStatus.PAUSED})
"""The statuses that count as waiting. Paused items count, or pausing would free capacity without end."""

_DISPLACED = f"The queue is full, and a download of higher priority took this one's place. {QueueFullError.advice}"


def to_item(new: NewDownload, now: datetime, machine: str | None = None) -> DownloadItem:
    """Return the queued item of a new download that is requested on `machine`."""
    values = attrs.asdict(attrs.evolve(new, machine=machine), recurse=False)
    return DownloadItem(**values, id=uuid4(), status=DownloadStatus.QUEUED, created_at=now)


async def make_room(tx: UnitOfWork, new: NewDownload, limits: QueueLimits, now: datetime) -> None:
    """Let one more item wait; exact only inside an exclusive transaction.

    In a full queue, the newest of the items with the lowest priority fails, if that is lower than the new one's. The
    dispatcher publishes its failure, because its requester may use another process.

    Raises:
        QueueFullError: The user has as many waiting downloads as allowed, or the queue is full of downloads that are as
            important as the new one.
    """
    if limits.max_waiting_per_user is not None and new.user_id != LOCAL_ID:
        own = await tx.items.count(WAITING, user_id=new.user_id)
        if own >= limits.max_waiting_per_user:
            raise QueueFullError(f"You have {own} downloads waiting, which is as many as one person may have.")
    count = await tx.items.count(WAITING)
    if count < limits.max_waiting:
        return
    displaced = await tx.items.lock_least_important(WAITING, below=new.priority)
    if displaced is None:
        raise QueueFullError(f"The queue is full ({count}).")
    error = DownloadError(item_id=displaced.id, error_type=ErrorType.QUEUE_FULL, message=_DISPLACED, timestamp=now)
    await tx.items.replace(displaced, transitions.fail(displaced, error, now))


async def list_displaced(database: Database, since: datetime) -> list[DownloadItem]:
    """Return the items that were displaced after `since`, oldest first."""
    async with database.connect() as tx:
        return await tx.items.list_failed_since(since, ErrorType.QUEUE_FULL)
