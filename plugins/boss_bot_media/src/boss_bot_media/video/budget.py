"""The byte budget of a video: what is left for its picture when sound and container have had their share."""

from typing import Final

TARGET_SHARE: Final = 0.96
"""The share of the limit that an encoding aims at: x264's two passes end within some percent of their rate."""
GOOD_SHARES: Final = (0.90, 1.0)
"""The shares of the limit between which a filled budget is a good result."""

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


def correct_rate(rate_bps: int, size_bytes: int, limit_bytes: int, rest_bytes: float) -> int:
    """Return the rate for a second try of an encoding that missed its target.

    Args:
        rate_bps: The rate that was asked for.
        size_bytes: The size that came out.
        limit_bytes: The limit for the file.
        rest_bytes: The part of the size that is not the picture.
    """
    picture_bytes = max(1.0, size_bytes - rest_bytes)
    wanted_bytes = limit_bytes * TARGET_SHARE - rest_bytes
    # Too large once more would cost the file: the second try aims a little lower than the first one.
    factor = wanted_bytes / picture_bytes * (0.98 if size_bytes > limit_bytes else 1.0)
    return max(1, int(rate_bps * min(4.0, factor)))
