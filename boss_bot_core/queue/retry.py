"""Whether and when a failed attempt is repeated: pure, so that the caller decides what to do about it.

What becomes of a download whose program died while it ran: pure, as all steps of its life.
A crash is nearly never the download's doing, so that it costs it no attempt. But one that takes the program with it at
every start (its memory, for one) would do so for ever, and nobody else would get anything: that has to end.
"""

import math
from datetime import datetime
from random import Random

import attrs
from attrs import evolve

from boss_bot_core.domain.backoff import Backoff
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.queue import transitions

BACKOFF = Backoff(initial_s=5.0, max_s=300.0)
MAX_RETRY_AFTER_S = 3600.0
"""A site that asks for more than this is not waited for: the person has long gone."""


@attrs.frozen
class RetryIn:
    """Try again.

    Attributes:
        seconds: After this long.
    """

    seconds: float


@attrs.frozen
class GiveUp:
    """Do not try again.

    Attributes:
        reason: Why, for the log.
    """

    reason: str


def decide_retry(error: DownloadFailedError, attempt: int, max_attempts: int, rng: Random) -> RetryIn | GiveUp:
    """Return what to do after attempt number `attempt` (from 1) ended with `error`.

    The wait is exponential with full jitter: anything between 0 and 5, 10, 20… seconds, at most 300. Where the site
    told when to come back, the jitter is added to its time, so that many waiting downloads do not all come at once.
    """
    if not error.retryable:
        return GiveUp(f"{error.code} is not worth a retry")
    if attempt >= max_attempts:
        return GiveUp(f"attempt {attempt} of {max_attempts} was the last")
    asked = error.retry_after_s or 0.0
    if asked > MAX_RETRY_AFTER_S:
        return GiveUp(
            f"the site asks to wait {_format_duration(asked)}, longer than {_format_duration(MAX_RETRY_AFTER_S)}"
        )
    asked = 0.0 if math.isnan(asked) else max(0.0, asked)
    return RetryIn(asked + rng.uniform(0.0, BACKOFF.delay_s(attempt)))


def _format_duration(seconds: float) -> str:
    return "for ever" if math.isinf(seconds) else f"{math.ceil(seconds / 60)} min"


MAX_CRASHES = 20
"""After so many crashes in a row, none of which came further than one before, a download is tried no more.

RabbitMQ's default for quorum queues (`delivery-limit`). Fewer would make a bot that crashes for another reason give up
what happens to run: whoever restarts it five times in a minute must lose nothing.
"""


def requeue_after_crash(item: DownloadItem, now: datetime) -> DownloadItem:
    """Return a running item as it is after its program died; a wish of somebody comes true here."""
    arrived = item.current_size or 0
    count = 1 if arrived > item.crash_size else item.crash_count + 1
    counted = evolve(item, crash_count=count, crash_size=max(arrived, item.crash_size))
    if count >= MAX_CRASHES and not (item.cancel_requested or item.pause_requested):
        return transitions.fail(counted, _build_crash_error(counted, now), now)
    return transitions.refund_attempt(transitions.release(counted, DownloadStatus.QUEUED, now))


def _build_crash_error(item: DownloadItem, now: datetime) -> DownloadError:
    message = f"The bot crashed {item.crash_count} times in a row while this ran. Tell the bot's operator the job's id."
    return DownloadError(item_id=item.id, error_type=ErrorType.UNKNOWN, message=message, timestamp=now)
