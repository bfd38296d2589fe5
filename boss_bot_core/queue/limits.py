"""How much may run and wait at a time; a decision asks for it anew, so that a changed setting counts at once.

Decides whether one more download may wait.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import uuid4

import attrs

from boss_bot_core.database import UnitOfWork
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem, NewDownload
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import QueueFullError

NO_OVERRIDES: Mapping[int, int] = MappingProxyType({})


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
    max_running_by_user: Mapping[int, int] = attrs.field(default=NO_OVERRIDES, hash=False)
    max_running_by_guild: Mapping[int, int] = attrs.field(default=NO_OVERRIDES, hash=False)

    def get_user_limit(self, user_id: int) -> int | None:
        """Return how many of this person's downloads may run, at least one; None: no limit."""
        if user_id == LOCAL_ID:
            return None
        return max(1, self.max_running_by_user.get(user_id, self.max_running_per_user))

    def get_guild_limit(self, guild_id: int) -> int | None:
        """Return how many of this server's downloads may run, at least one; None: no limit."""
        if guild_id == LOCAL_ID:
            return None
        allowed = self.max_running_by_guild.get(guild_id, self.max_running_per_guild)
        return None if allowed is None else max(1, allowed)


WAITING = frozenset({DownloadStatus.QUEUED, DownloadStatus.PAUSED})
"""What counts as waiting: if paused items did not, pausing would make room without end."""


def to_item(new: NewDownload, now: datetime) -> DownloadItem:
    """Return what was asked for as an item of its own that waits."""
    asked = attrs.asdict(new, recurse=False)
    return DownloadItem(**asked, id=uuid4(), status=DownloadStatus.QUEUED, created_at=now)


async def check_capacity(tx: UnitOfWork, new: NewDownload, limits: QueueLimits) -> None:
    """Return if one more item may wait; exact only inside a transaction that is alone.

    Raises:
        QueueFullError: As many wait as may wait, of everybody or of this person.
    """
    count = await tx.items.count(WAITING)
    if count >= limits.max_waiting:
        raise QueueFullError(f"The queue is full ({count}).")
    if limits.max_waiting_per_user is None or new.user_id == LOCAL_ID:
        return
    own = await tx.items.count(WAITING, user_id=new.user_id)
    if own >= limits.max_waiting_per_user:
        raise QueueFullError(f"You have {own} downloads waiting, which is as many as one person may have.")
