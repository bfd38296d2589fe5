"""Short encodings of a video, which show how many bits and how much CPU time the whole needs."""

from typing import Final

from boss_bot_media.conditions import Samples
from boss_bot_media.conversion import Conversion
from boss_bot_media.targets import PictureTarget
from boss_bot_media.video.target import PRESET_CPU
from boss_bot_media.video.x264 import list_input_arguments, list_picture_arguments

_CRF: Final = 26
_COUNT: Final = 4
_LENGTH_S: Final = 1.5
_TIME_S: Final = 120.0


def list_windows(duration_s: float) -> list[tuple[float, float]]:
    """Return start and length in seconds of each sample: spread over the video, or all of a short one."""
    if duration_s <= _COUNT * _LENGTH_S * 1.5:
        return [(0.0, duration_s)]
    return [(duration_s * (number + 0.5) / _COUNT - _LENGTH_S / 2, _LENGTH_S) for number in range(_COUNT)]


def encode_samples(conversion: Conversion, target: PictureTarget) -> Samples:
    """Encode the samples in the size of the target, and return what they have shown.

    Raises:
        FfmpegError: The source cannot be decoded.
    """
    size_bytes, cpu_s, length_s = 0, 0.0, 0.0
    output = conversion.directory / "sample.h264"
    for start_s, sample_s in list_windows(conversion.probe.duration_s):
        window = ["-ss", f"{start_s:.3f}", "-t", f"{sample_s:.3f}", *list_input_arguments(conversion)]
        arguments = [*window, *list_picture_arguments(conversion, target), "-crf", str(_CRF), "-f", "h264", output]
        cpu_s += conversion.ffmpeg.run(arguments, time_s=_TIME_S)
        size_bytes += output.stat().st_size
        length_s += sample_s
    output.unlink()
    return Samples(
        width=target.width,
        height=target.height,
        fps=target.fps or conversion.track.fps,
        crf=_CRF,
        rate_bps=max(1.0, size_bytes * 8 / length_s),
        cpu_share=cpu_s / length_s / PRESET_CPU[target.preset],
    )
