"""Checks for incomplete files: a file that is cut off, and a damaged end.

Decoders do not detect truncation: FFmpeg plays the existing part. The check of the end detects a hole that an
interrupted download may have left there.
"""

import time
from mmap import ACCESS_READ, mmap
from pathlib import Path

from av.container import InputContainer

from boss_bot_core.plugin import FileRejectedError
from boss_bot_core.verification.declared_size import find_declared_size
from boss_bot_core.verification.end_marks import has_end_mark
from boss_bot_core.verification.tracks import Track

MICROSECONDS = 1_000_000
"""FFmpeg's time unit for containers: ticks per second."""

_END_S = 1.0
_END_PACKETS = 2000
_ROUNDING_S = 0.001
# After a seek, these containers give no frame before the next key frame.
_WITHOUT_INDEX = frozenset({"mpegts", "mpeg"})


def is_truncated(path: Path) -> bool:
    """Return whether a file that is not empty is shorter than its container declares, or has no end mark."""
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as content:
        return find_declared_size(content) > len(content) or not has_end_mark(content)


def check_end(container: InputContainer, track: Track, deadline: float) -> None:
    """Seek near the end of a file and decode the rest of a track.

    Args:
        container: The file, which has been read once.
        track: The track, with its measured end.
        deadline: The time at which the check ends without a finding, on the clock of `time.monotonic`.

    Raises:
        FileRejectedError: The end of the track cannot be decoded.
    """
    if container.format.name in _WITHOUT_INDEX:
        return
    target_s = max(track.start_s or 0.0, track.end_s - _END_S)
    container.seek(int(target_s * MICROSECONDS))
    frames = 0
    for number, packet in enumerate(container.demux(track.stream)):
        frames += track.decode(packet)
        if number > _END_PACKETS or time.monotonic() > deadline:
            break  # the last key frame is far from the end, and all frames so far are intact
    else:
        # FLAC declares its exact number of samples; other durations are estimates.
        declared = container.duration if container.format.name == "flac" else None
        if track.decoded_s < (target_s - _END_S if declared is None else declared / MICROSECONDS - _ROUNDING_S):
            frames = 0
    if not frames:
        raise FileRejectedError("The file is damaged near its end.")
