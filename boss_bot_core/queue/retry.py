"""Pure retry rules: whether and when a failed attempt is retried, and how an item is requeued after a crash.

A download is nearly never the cause of a crash, so a crash does not count as an attempt. A download that crashes the
program at every start, for example by its memory use, would block all others for ever: it fails after many crashes.
"""

import math
from datetime import datetime
from random import Random

import attrs
from attrs import evolve

from boss_bot_core.domain.clock import Backoff
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.queue import transitions

BACKOFF = Backoff(initial_s=5.0, max_s=300.0)
MAX_RETRY_AFTER_S = 3600.0
"""Longest wait that a site may ask for, in seconds. After a longer wait the user is no longer there."""

MAX_CRASHES = 20
"""Crashes in a row without progress between them, after which a download fails.

This is RabbitMQ's default for quorum queues (`delivery-limit`). With a lower number, a bot that crashes for another
reason would fail its running downloads: five restarts in a minute must not lose any download.
"""


@attrs.frozen
class RetryIn:
    """The decision to retry.

    Attributes:
        seconds: The wait until the next attempt.
    """

    seconds: float


@attrs.frozen
class GiveUp:
    """The decision not to retry.

    Attributes:
        reason: The reason, for the log.
    """

    reason: str


def decide_retry(error: DownloadFailedError, attempt: int, max_attempts: int, rng: Random) -> RetryIn | GiveUp:
    """Return the decision after attempt number `attempt` (from 1) ended with `error`.

    The wait is exponential with full jitter: between 0 and 5, 10, 20… seconds, at most 300. If the site asked for a
    wait, the jitter is added to it, so that many waiting downloads do not start at the same time.
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


def requeue_after_crash(item: DownloadItem, now: datetime) -> DownloadItem:
    """Return a running item as it is after a crash: released, with its control request applied, or failed."""
    received_bytes = item.current_size or 0
    count = 1 if received_bytes > item.crash_size else item.crash_count + 1
    counted = evolve(item, crash_count=count, crash_size=max(received_bytes, item.crash_size))
    if count >= MAX_CRASHES and not (item.cancel_requested or item.pause_requested):
        return transitions.fail(counted, _build_crash_error(counted, now), now)
    return transitions.refund_attempt(transitions.release(counted, DownloadStatus.QUEUED, now))


def _build_crash_error(item: DownloadItem, now: datetime) -> DownloadError:
    message = f"The bot crashed {item.crash_count} times in a row while this ran. Tell the bot's operator the job's id."
    return DownloadError(item_id=item.id, error_type=ErrorType.UNKNOWN, message=message, timestamp=now)
