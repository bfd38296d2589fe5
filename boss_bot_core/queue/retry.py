"""Whether and when a failed attempt is repeated: pure, so that the caller decides what to do about it."""

import math
from random import Random

import attrs

from boss_bot_core.errors import DownloadFailedError

BASE_S = 5.0
CAP_S = 300.0
LONGEST_WAIT_S = 3600.0
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


def decide(error: DownloadFailedError, attempt: int, max_attempts: int, rng: Random) -> RetryIn | GiveUp:
    """Return what to do after attempt number `attempt` (from 1) ended with `error`.

    The wait is exponential with full jitter: anything between 0 and 5, 10, 20… seconds, at most 300. Where the site
    told when to come back, the jitter is added to its time, so that many waiting downloads do not all come at once.
    """
    if not error.retryable:
        return GiveUp(f"{error.code} is not worth a retry")
    if attempt >= max_attempts:
        return GiveUp(f"attempt {attempt} of {max_attempts} was the last")
    asked = error.retry_after_s or 0.0
    if asked > LONGEST_WAIT_S:
        return GiveUp(f"the site asks to wait {_spoken(asked)}, longer than {_spoken(LONGEST_WAIT_S)}")
    # The exponent is bounded before the power: 2.0 ** 2000 overflows.
    ceiling = min(CAP_S, BASE_S * 2.0 ** min(attempt - 1, 16))
    asked = 0.0 if math.isnan(asked) else max(0.0, asked)
    return RetryIn(asked + rng.uniform(0.0, ceiling))


def _spoken(seconds: float) -> str:
    return "for ever" if math.isinf(seconds) else f"{math.ceil(seconds / 60)} min"
