"""The making of a file with sound alone, from a video or from a file with larger sound."""

from pathlib import Path

import attrs

from boss_bot_media.audio.encode import encode_sound
from boss_bot_media.conversion import Conversion
from boss_bot_media.streams_copy import copy_streams
from boss_bot_media.targets import SoundTarget

_NEXT_SHARE = 0.95
"""The share of the limit that a further try aims at, because the encoder missed its rate in the one before."""
_MAX_TRIES = 3


def make_sound_file(conversion: Conversion, target: SoundTarget) -> Path:
    """Write the sound as planned, and return the file; sound that became too large is encoded again.

    Raises:
        FfmpegError: ffmpeg failed.
        av.FFmpegError: The sound cannot be copied.
    """
    output = conversion.name_output(target.suffix)
    settings, limit_bytes = conversion.conditions.settings, conversion.conditions.limit_for("audio")
    if target.codec == "copy":
        copy_streams(conversion.source, output, keep_tags=settings.keep_tags, has_picture=False)
        return output
    for _ in range(_MAX_TRIES):
        _encode(conversion, output, target)
        size_bytes = output.stat().st_size
        if size_bytes <= limit_bytes:
            break
        target = attrs.evolve(target, rate_bps=int(target.rate_bps * _NEXT_SHARE * limit_bytes / size_bytes))
    return output


def _encode(conversion: Conversion, output: Path, target: SoundTarget) -> None:
    keep_tags = conversion.conditions.settings.keep_tags
    encode_sound(
        conversion.ffmpeg,
        conversion.source,
        output,
        target,
        conversion.probe.duration_s,
        keep_tags=keep_tags,
        has_cover=keep_tags and conversion.probe.video is None,
        report=conversion.report_seconds(0.0, 1.0),
    )
