"""The picture that an encoding aims at: size, frame rate, and either a rate that fills the budget or a quality."""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from boss_bot_media.conditions import Conditions, Samples
from boss_bot_media.probe.model import VideoTrack
from boss_bot_media.targets import PictureTarget, SoundTarget
from boss_bot_media.video.budget import find_picture_rate
from boss_bot_media.video.ladder import choose_step, is_good_at, predict_rate

CLEAR_CRF: Final = 19
"""The constant quality at which a viewer sees no difference."""
FULL_CRF: Final = 8
"""The constant quality for a picture that may fill a budget: more bits than it needs change nothing."""
_SURE_SHARES: Final = {CLEAR_CRF: 0.4, FULL_CRF: 0.1}
"""A predicted size below this share of the budget fits: noise grows up to twice as fast as a clean film."""

_FAST_PRESET: Final = "veryfast"
PRESET_CPU: Final[Mapping[str, float]] = MappingProxyType(
    {
        "ultrafast": 0.35,
        "superfast": 0.45,
        "veryfast": 0.6,
        "faster": 0.8,
        "fast": 0.9,
        "medium": 1.0,
        "slow": 1.6,
        "slower": 3.0,
        "veryslow": 6.0,
    }
)
"""CPU time of x264's presets as multiples of that of medium."""
_CPU_S_PER_MEGAPIXEL: Final = 0.035
"""CPU time for a million pixels with the preset medium, decoding included; a usual film on a usual core."""
_QUICK_PASS_CPU: Final = 0.4
"""That of the first of two passes, which leaves out what makes a preset slow."""
_TWO_PASS_FACTOR: Final = 1.6
_CHECK_FACTOR: Final = 0.15
"""The decoding of the result, as a share of its encoding."""


def choose_target(
    track: VideoTrack, duration_s: float, conditions: Conditions, sound: SoundTarget | None, crf: int
) -> PictureTarget | None:
    """Return the picture to encode, or None if no picture above the floor fits.

    Args:
        track: The source's picture.
        duration_s: Length in seconds.
        conditions: The limit, the settings, and the samples.
        sound: The sound beside it.
        crf: The constant quality above which more bits are wasted.
    """
    settings, samples = conditions.settings, conditions.samples
    sound_bytes = 0 if sound is None else sound.rate_bps * duration_s / 8
    rate_bps = find_picture_rate(conditions.limit_for("video"), duration_s, track.fps, sound_bytes)
    # A file that fits already has its quality: there is no floor for it.
    floor_bps = settings.min_video_kbps * 1000 if crf == FULL_CRF else 0
    if rate_bps < floor_bps and not is_good_at(track, rate_bps, settings.min_height, samples):
        return None
    target = _build(track, rate_bps, conditions, crf)
    longest_s = settings.ask_after_cpu_s
    is_slow = longest_s and estimate_cpu_s(duration_s, target, samples) > longest_s
    if is_slow and PRESET_CPU[_FAST_PRESET] < PRESET_CPU[target.preset]:
        return _build(track, rate_bps, conditions, crf, preset=_FAST_PRESET)
    return target


def build_free_target(track: VideoTrack, conditions: Conditions) -> PictureTarget:
    """Return the picture of a file that may have any size, because it is cut into parts."""
    return _build(track, math.inf, conditions, CLEAR_CRF)


def _build(
    track: VideoTrack, rate_bps: float, conditions: Conditions, crf: int, preset: str | None = None
) -> PictureTarget:
    samples = conditions.samples
    width, height, fps = choose_step(track, rate_bps, conditions.settings.min_height, samples)
    need_bps = predict_rate(width, height, fps or track.fps, crf, samples)
    # Without samples nothing is known about the need: then the budget decides.
    is_clear = math.isinf(rate_bps) or (samples is not None and need_bps <= rate_bps * _SURE_SHARES[crf])
    return PictureTarget(
        width=width,
        height=height,
        fps=fps if fps is not None or not track.is_variable_rate else round_rate(track.fps),
        rate_bps=None if is_clear else int(rate_bps),
        crf=crf,
        preset=preset or conditions.settings.preset,
    )


def quick_pass_cpu(preset: str) -> float:
    """Return the CPU time of the first of two passes, as a multiple of that of medium's only pass."""
    return min(_QUICK_PASS_CPU, PRESET_CPU[preset])


def round_rate(fps: float) -> float:
    """Return the constant rate for a video whose frames last differently long."""
    return min((rate for rate in (24.0, 25.0, 30.0, 50.0, 60.0) if rate >= fps - 0.5), default=60.0)


def estimate_cpu_s(duration_s: float, target: PictureTarget, samples: Samples | None) -> float:
    """Return the seconds of CPU time that an encoding takes, its check included."""
    passes = _TWO_PASS_FACTOR if target.rate_bps is not None else 1.0
    preset = PRESET_CPU[target.preset]
    if samples is None:
        pixels = target.width * target.height * (target.fps or 30.0) / 1_000_000
        share = pixels * _CPU_S_PER_MEGAPIXEL * preset
    else:
        share = samples.cpu_share * preset * target.width * target.height / (samples.width * samples.height)
    return duration_s * share * (passes + _CHECK_FACTOR)
