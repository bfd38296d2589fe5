"""Rate limits: how long an extractor may wait inside the worker."""

import time
from datetime import UTC, datetime
from typing import Any, Final

from boss_bot_core.plugin import RateLimitError

MAX_WAIT_IN_WORKER_S: Final = 5.0
"""Longest wait that is shorter than starting the download again."""


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
