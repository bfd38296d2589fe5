"""Quick encodings of short samples of a video, which show how many bits and how much CPU time the whole needs."""

from typing import Final

from boss_bot_media.conditions import Samples
from boss_bot_media.conversion import Conversion
from boss_bot_media.targets import PictureTarget
from boss_bot_media.video.target import quick_pass_cpu
from boss_bot_media.video.x264 import list_input_arguments, list_pass_arguments, list_picture_arguments

FIRST_CRF: Final = 26
"""The constant quality of the first samples: most results end near it."""
_COUNT: Final = 4
_LENGTH_S: Final = 1.5
_TIME_S: Final = 120.0
_QUICK_SHARE: Final = 0.88
"""The rate of a quick encoding as a share of that of a full one at the same constant quality."""


def is_short(duration_s: float) -> bool:
    """Return whether a video is so short that its only sample is all of it."""
    return duration_s <= _COUNT * _LENGTH_S * 1.5


def list_windows(duration_s: float) -> list[list[str]]:
    """Return ffmpeg's arguments for each sample: they are spread over the video, or there is one of all of it."""
    if is_short(duration_s):
        return [[]]
    starts = (duration_s * (number + 0.5) / _COUNT - _LENGTH_S / 2 for number in range(_COUNT))
    return [["-ss", f"{start_s:.3f}", "-t", str(_LENGTH_S)] for start_s in starts]


def encode_samples(conversion: Conversion, target: PictureTarget, crf: float = FIRST_CRF) -> Samples:
    """Encode the samples in the size of the target, as a first pass does, and return what they have shown.

    Args:
        conversion: The conversion.
        target: The picture.
        crf: The constant quality.

    Raises:
        FfmpegError: The source cannot be decoded.
    """
    size_bytes, cpu_s = 0, 0.0
    duration_s, output = conversion.probe.duration_s, conversion.directory / "sample.h264"
    # Without a file for its statistics, a pass leaves nothing out that makes it slow.
    rate = [*list_pass_arguments(conversion, 1), "-crf", f"{crf:.2f}"]
    encoding = [*list_picture_arguments(conversion, target), *rate, "-an", "-f", "h264"]
    for window in list_windows(duration_s):
        cpu_s += conversion.ffmpeg.run([*window, *list_input_arguments(conversion), *encoding, output], time_s=_TIME_S)
        size_bytes += output.stat().st_size
    output.unlink()
    length_s = max(0.04, duration_s if is_short(duration_s) else _COUNT * _LENGTH_S)
    return Samples(
        width=target.width,
        height=target.height,
        fps=target.fps or conversion.track.fps,
        crf=crf,
        rate_bps=max(1.0, size_bytes * 8 / length_s / _QUICK_SHARE),
        cpu_share=cpu_s / length_s / quick_pass_cpu(target.preset),
    )
