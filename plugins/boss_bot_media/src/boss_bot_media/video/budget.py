"""The byte budget of a video: what is left for its picture when sound and container have had their share."""

import math
from collections.abc import Sequence
from typing import Final

TARGET_SHARE: Final = 0.96
"""The share of the limit that an encoding aims at: x264's two passes end within some percent of their rate."""
GOOD_SHARES: Final = (0.90, 1.0)
"""The shares of the limit between which a filled budget is a good result."""

_EVENED_MISS: Final = 0.8
_REPEATED_MISS: Final = 0.5
"""A first pass below this share of its target leaves the second one of a short clip too small, by this exponent."""
_MOST_RAISE: Final = 1.15

_FRAME_BYTES: Final = 14
"""Size of a frame's entries in the tables of an MP4 file."""
_SOUND_PACKET_BYTES: Final = 5
_SOUND_PACKETS_PER_S: Final = 48_000 / 1024
_HEAD_BYTES: Final = 2_500


def find_picture_rate(
    limit_bytes: int, duration_s: float, fps: float, sound_bytes: float, share: float = TARGET_SHARE
) -> int:
    """Return the bits per second for the picture; negative if not even the rest fits.

    Args:
        limit_bytes: The limit for the file.
        duration_s: Length in seconds.
        fps: Frames per second.
        sound_bytes: Size of the sound.
        share: The share of the limit to aim at.
    """
    duration_s = max(duration_s, 0.04)
    tables = _HEAD_BYTES + duration_s * (fps * _FRAME_BYTES + _SOUND_PACKETS_PER_S * _SOUND_PACKET_BYTES)
    return int((limit_bytes * share - sound_bytes - tables) * 8 / duration_s)


def raise_rate(rate_bps: int, first_bytes: float, wanted_bytes: float) -> int:
    """Return the rate of a second pass whose first pass came out too small, because the picture is clean.

    Args:
        rate_bps: The rate that fits.
        first_bytes: The bytes of the picture after the first pass.
        wanted_bytes: The bytes that the picture should have.
    """
    factor = float((wanted_bytes * _EVENED_MISS / first_bytes) ** _REPEATED_MISS)
    return int(rate_bps * min(_MOST_RAISE, max(1.0, factor)))


def correct_rate(tries: Sequence[tuple[int, float]], wanted_bytes: float) -> int:
    """Return the rate for a further try of an encoding that missed its target.

    How the size follows the rate is learnt from the last two tries: a picture that is coarse already gets smaller by
    less than its rate.

    Args:
        tries: The rate and the bytes of the picture of each try, at least one.
        wanted_bytes: The bytes that the picture should have.
    """
    rate_bps, picture_bytes = tries[-1]
    slope = 1.0
    if len(tries) > 1 and tries[-2][0] != rate_bps:
        before_bps, before_bytes = tries[-2]
        slope = math.log(picture_bytes / before_bytes) / math.log(rate_bps / before_bps)
    factor = (wanted_bytes / picture_bytes) ** (1 / min(1.5, max(0.25, slope)))
    return max(1_000, int(rate_bps * min(4.0, max(0.2, factor))))
