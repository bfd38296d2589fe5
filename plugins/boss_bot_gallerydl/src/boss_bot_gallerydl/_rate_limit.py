"""Rate limits: how long a site asks clients to wait, and how long an extractor may wait inside the worker."""

import math
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from boss_bot_core.plugin import RateLimitError

MAX_RETRY_AFTER_S: Final = 6 * 3600.0
"""Longest wait that a site's headers can cause."""

MAX_WAIT_IN_WORKER_S: Final = 5.0
"""Longest wait that is shorter than starting the download again."""


def read_retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds after which a site accepts the next request, or None if the headers do not tell.

    Understands `Retry-After` (seconds or a date), X's `x-rate-limit-reset` (a point in time) and Reddit's
    `x-ratelimit-reset` (seconds).
    """
    value = headers.get("Retry-After")
    if value is not None:
        seconds = _parse_number(value)
        return _clamp(seconds if seconds is not None else _parse_date(value))
    if (timestamp := _parse_number(headers.get("x-rate-limit-reset"))) is not None:
        return _clamp(timestamp - time.time())
    return _clamp(_parse_number(headers.get("x-ratelimit-reset")))


def _clamp(seconds: float | None) -> float | None:
    return None if seconds is None or math.isnan(seconds) else min(max(seconds, 0.0), MAX_RETRY_AFTER_S)


def _parse_number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _parse_date(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp() - time.time()
    except ValueError:
        return None


def limit_extractor_wait(extractor: Any) -> None:  # noqa: ANN401 - gallery-dl ships no types
    """Make an extractor's `wait` raise `RateLimitError` instead of waiting long.

    gallery-dl waits up to 15 minutes for a rate limit to end. The queue retries the download instead, and frees its
    slot meanwhile.
    """
    original_wait = extractor.wait

    def wait(seconds: float | str | None = None, until: float | str | datetime | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - gallery-dl's own signature
        left = float(seconds) if seconds else _seconds_until(until)
        if left > MAX_WAIT_IN_WORKER_S:
            raise RateLimitError("The site asks us to slow down.", retry_after_s=left)
        original_wait(seconds=seconds, until=until, **kwargs)

    extractor.wait = wait


def _seconds_until(moment: float | str | datetime | None) -> float:
    if moment is None:
        return 0.0
    if isinstance(moment, datetime):
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
    return float(moment) - time.time()
