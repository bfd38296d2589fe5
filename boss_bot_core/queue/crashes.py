"""What becomes of a download whose program died while it ran: pure, as all steps of its life.

A crash is nearly never the download's doing, so that it costs it no attempt. But one that takes the program with it at
every start (its memory, for one) would do so for ever, and nobody else would get anything: that has to end.
"""

from datetime import datetime

from attrs import evolve

from boss_bot_core.domain.error_type import ErrorType
from boss_bot_core.domain.failures import DownloadError
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import steps

MAX_CRASHES = 20
"""After so many crashes in a row, none of which came further than one before, a download is tried no more.

RabbitMQ's default for quorum queues (`delivery-limit`). Fewer would make a bot that crashes for another reason give up
what happens to run: whoever restarts it five times in a minute must lose nothing.
"""


def take_back(item: DownloadItem, now: datetime) -> DownloadItem:
    """Return a running item as it is after its program died; a wish of somebody comes true here."""
    arrived = item.current_size or 0
    count = 1 if arrived > item.crash_size else item.crash_count + 1
    counted = evolve(item, crash_count=count, crash_size=max(arrived, item.crash_size))
    if count >= MAX_CRASHES and not (item.cancel_requested or item.pause_requested):
        return steps.fail(counted, _suspicion(counted, now), now)
    return steps.uncount(steps.give_back(counted, DownloadStatus.QUEUED, now))


def _suspicion(item: DownloadItem, now: datetime) -> DownloadError:
    message = f"The bot crashed {item.crash_count} times in a row while this ran. Tell the bot's operator the job's id."
    return DownloadError(item_id=item.id, error_type=ErrorType.UNKNOWN, message=message, timestamp=now)
