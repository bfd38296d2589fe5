"""The end of a file with video or sound: a download that broke off may have left a hole there."""

import time

from av.container import InputContainer

from boss_bot_core.plugin import FileRejectedError
from boss_bot_core.verification.tracks import Track

MICROSECONDS = 1_000_000
"""FFmpeg's unit of time for whole files."""

_END_S = 1.0
_END_PACKETS = 2000
# Entered in the middle, these give no picture before the next key frame comes by.
_WITHOUT_INDEX = frozenset({"mpegts", "mpeg"})


def check_end(container: InputContainer, track: Track, deadline: float) -> None:
    """Enter a file near its end and decode what is left of a track.

    Args:
        container: The file, read through once.
        track: The track, which knows how far it goes.
        deadline: When to be content with what was seen, as `time.monotonic` tells it.

    Raises:
        FileRejectedError: What is there cannot be played.
    """
    if container.format.name in _WITHOUT_INDEX:
        return
    target_s = max(track.start_s or 0.0, track.end_s - _END_S)
    container.seek(int(target_s * MICROSECONDS))
    frames = 0
    for number, packet in enumerate(container.demux(track.stream)):
        frames += track.decode(packet)
        if number > _END_PACKETS or time.monotonic() > deadline:
            break  # the last key frame lies far back, and what follows it was fine so far
    else:
        if track.decoded_s < target_s - _END_S:
            frames = 0
    if not frames:
        raise FileRejectedError("The file is damaged near its end.")
