"""The sound of an encoded video as an input of its own, made before the picture, so that its size is known."""

from pathlib import Path

import attrs

from boss_bot_media.audio.encode import encode_sound
from boss_bot_media.conversion import Conversion
from boss_bot_media.probe.packets import measure_sound_bytes
from boss_bot_media.targets import SoundTarget

WORK_SHARE = 0.05
"""The share of a video's encoding that its sound takes."""


@attrs.frozen(kw_only=True)
class SoundInput:
    """Sound that is copied into a video.

    Attributes:
        path: The file that has it; None for a video without sound.
        size_bytes: Its size.
    """

    path: Path | None = None
    size_bytes: int = 0


def prepare_sound(conversion: Conversion, target: SoundTarget | None) -> SoundInput:
    """Return the sound as planned: that of the source, or a newly encoded one.

    Raises:
        FfmpegError: ffmpeg failed.
    """
    if target is None:
        return SoundInput()
    path = conversion.source
    if target.codec != "copy":
        path = conversion.directory / "sound.m4a"
        report = conversion.report_seconds(0.0, WORK_SHARE)
        encode_sound(conversion.ffmpeg, conversion.source, path, target, conversion.probe.duration_s, report=report)
    return SoundInput(path=path, size_bytes=measure_sound_bytes(path))
