"""Decides whether one more download may wait."""

from datetime import datetime
from uuid import uuid4

import attrs

from boss_bot_core.database import Writing
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem, NewDownload
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import QueueFullError
from boss_bot_core.queue.limits import QueueLimits

WAITING = frozenset({DownloadStatus.QUEUED, DownloadStatus.PAUSED})
"""What counts as waiting: if paused items did not, pausing would make room without end."""


def as_item(new: NewDownload, now: datetime) -> DownloadItem:
    """Return what was asked for as an item of its own that waits."""
    asked = attrs.asdict(new, recurse=False)
    return DownloadItem(**asked, id=uuid4(), status=DownloadStatus.QUEUED, created_at=now)


async def check_room(tx: Writing, new: NewDownload, limits: QueueLimits) -> None:
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
