"""What a refusal for size teaches: the next smaller limits to plan with.

Discord's limit depends on a server's boosts, and the library's idea of it may be out of date: only a refusal tells.
"""

import attrs

from boss_bot_core.delivery.plan import Batch, MessageLimits
from boss_bot_core.domain.sizes import MEGABYTE

KNOWN_FILE_LIMITS = tuple(size * MEGABYTE for size in (100, 50, 25, 20, 10, 8))
"""Limits for one file that Discord has, or had: a boosted server's, everybody else's; largest first."""


@attrs.frozen(kw_only=True)
class LearnedLimit:
    """What to do after a refusal.

    Attributes:
        limits: To plan the rest with.
        file_bytes: The place's limit for one file, to be remembered; None where the refusal told nothing of it.
    """

    limits: MessageLimits
    file_bytes: int | None = None


def derive_file_limit(limits: MessageLimits, *, slack_bytes: int) -> int | None:
    """Return the largest file that a place takes, in bytes; None where `limits` were lowered without learning that.

    Below the smallest limit that Discord ever had, a refusal is no limit of the place.
    """
    return limits.file_bytes if limits.file_bytes >= KNOWN_FILE_LIMITS[-1] - slack_bytes else None


def learn_limit(refused: Batch, limits: MessageLimits, *, slack_bytes: int) -> LearnedLimit:
    """Return the lesson of a message that was too large although it kept to `limits`.

    Following lessons always ends: each allows less than the one before.

    Args:
        refused: What the message carried.
        limits: What was believed.
        slack_bytes: How far below the place's limit a file has to stay.
    """
    largest = refused.largest_bytes
    smaller = next((known for known in KNOWN_FILE_LIMITS if known < largest), None)
    if smaller is not None:
        return LearnedLimit(limits=attrs.evolve(limits, file_bytes=smaller - slack_bytes), file_bytes=smaller)
    if len(refused.files) > 1:
        # Each of them is smaller than any limit there ever was: it must be all of them together.
        half = max(largest, refused.size_bytes // 2)
        return LearnedLimit(limits=attrs.evolve(limits, request_bytes=min(half, refused.size_bytes - 1)))
    return LearnedLimit(limits=attrs.evolve(limits, file_bytes=largest - 1))
