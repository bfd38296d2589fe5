"""Learns size limits from refusals: after Discord refuses a message as too large, returns the next lower limits.

Discord's limit depends on a guild's boosts, and discord.py's value may be out of date: only a refusal shows the limit.
"""

import attrs

from boss_bot_core.delivery.plan import Batch, MessageLimits
from boss_bot_core.domain.sizes import MEGABYTE

KNOWN_FILE_LIMITS = tuple(size * MEGABYTE for size in (100, 50, 25, 20, 10, 8))
"""All limits for one file that Discord has or had, for boosted guilds and for others, largest first."""


@attrs.frozen(kw_only=True)
class LearnedLimit:
    """The limits after a refusal.

    Attributes:
        limits: The limits for the remaining files.
        file_bytes: The destination's limit for one file, to remember; None when the refusal did not reveal it.
    """

    limits: MessageLimits
    file_bytes: int | None = None


def derive_file_limit(limits: MessageLimits, *, slack_bytes: int) -> int | None:
    """Return the size in bytes of the largest file that a destination accepts, or None when `limits` do not reveal it.

    Limits below the smallest limit that Discord ever had come from refusals with other reasons.
    """
    return limits.file_bytes if limits.file_bytes >= KNOWN_FILE_LIMITS[-1] - slack_bytes else None


def learn_limit(refused: Batch, limits: MessageLimits, *, slack_bytes: int) -> LearnedLimit:
    """Return the limits that follow from the refusal of a message that was within `limits`.

    Repeated learning always ends, because each result allows less than the limits before.

    Args:
        refused: The files of the message.
        limits: The limits of the plan.
        slack_bytes: The distance that a file must keep to the destination's limit.
    """
    largest = refused.largest_bytes
    smaller = next((known for known in KNOWN_FILE_LIMITS if known < largest), None)
    if smaller is not None:
        return LearnedLimit(limits=attrs.evolve(limits, file_bytes=smaller - slack_bytes), file_bytes=smaller)
    if len(refused.files) > 1:
        # Each file is smaller than every limit that Discord had: the files are too large together.
        half = max(largest, refused.size_bytes // 2)
        return LearnedLimit(limits=attrs.evolve(limits, request_bytes=min(half, refused.size_bytes - 1)))
    return LearnedLimit(limits=attrs.evolve(limits, file_bytes=largest - 1))
