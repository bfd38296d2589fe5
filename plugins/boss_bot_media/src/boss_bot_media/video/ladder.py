"""The ladder of sizes: the largest picture and frame rate that look good at a rate, by samples or by experience."""

import math
from collections.abc import Iterator
from typing import Final

from boss_bot_media.conditions import Samples
from boss_bot_media.probe.model import VideoTrack

HEIGHTS: Final = (2160, 1440, 1080, 720, 540, 480, 360, 240)
"""Lengths of the shorter side, in pixels."""

_GOOD_CRF: Final = 28
"""The constant quality at which a viewer begins to see that a picture was made smaller."""
_USUAL_BITS_PER_PIXEL: Final = 0.055
"""What a usual film needs for this quality, at 720 lines and 30 frames per second."""
_USUAL_PIXELS: Final = 1280 * 720
_PIXEL_EXPONENT: Final = 0.75
"""How the need grows with the size: neighbours of a large picture resemble each other more."""
_FRAME_EXPONENT: Final = 0.6
_CRF_PER_OCTAVE: Final = 6.0
"""x264 needs half the bits when the constant quality grows by so much."""
_SLOW_FPS: Final = 31.0


def scale_size(track: VideoTrack, short_side: int) -> tuple[int, int]:
    """Return width and height, both even, with the shorter side as given; never larger than the source."""
    width, height = track.shown_size
    factor = min(1.0, short_side / min(width, height))
    return max(2, round(width * factor / 2) * 2), max(2, round(height * factor / 2) * 2)


def list_steps(track: VideoTrack, min_height: int) -> Iterator[tuple[int, int, float | None]]:
    """Yield width, height and frame rate of each step from the best one; a rate of None is that of the source."""
    shorter = min(track.shown_size)
    sides = [shorter, *(height for height in HEIGHTS if min(min_height, shorter) <= height < shorter)]
    for side in sides:
        width, height = scale_size(track, side)
        yield width, height, None
        if track.fps > _SLOW_FPS:
            # A divisor of the source's rate drops whole frames evenly.
            yield width, height, track.fps / math.ceil(track.fps / _SLOW_FPS)


def predict_rate(width: int, height: int, fps: float, crf: float, samples: Samples | None) -> float:
    """Return the bits per second that a picture needs for a constant quality.

    Args:
        width: Width in pixels.
        height: Height in pixels.
        fps: Frames per second.
        crf: The constant quality.
        samples: What samples have shown; without them, a usual film is assumed.
    """
    if samples is None:
        base_bps, base_crf = _USUAL_BITS_PER_PIXEL * _USUAL_PIXELS * 30, float(_GOOD_CRF)
        base_pixels, base_fps = float(_USUAL_PIXELS), 30.0
    else:
        base_bps, base_crf = samples.rate_bps, samples.crf
        base_pixels, base_fps = float(samples.width * samples.height), samples.fps
    scale = (width * height / base_pixels) ** _PIXEL_EXPONENT * (fps / base_fps) ** _FRAME_EXPONENT
    return float(base_bps * scale * 2 ** ((base_crf - crf) / _CRF_PER_OCTAVE))


def choose_step(
    track: VideoTrack, rate_bps: float, min_height: int, samples: Samples | None
) -> tuple[int, int, float | None]:
    """Return width, height and frame rate of the best step that looks good at a rate; else the lowest one."""
    steps = list(list_steps(track, min_height))
    for width, height, fps in steps:
        if predict_rate(width, height, fps or track.fps, _GOOD_CRF, samples) <= rate_bps:
            return width, height, fps
    return steps[-1]


def is_good_at(track: VideoTrack, rate_bps: float, min_height: int, samples: Samples | None) -> bool:
    """Return whether the lowest step looks good at a rate: only samples tell, because films differ a hundredfold."""
    *_, (width, height, fps) = list_steps(track, min_height)
    return samples is not None and predict_rate(width, height, fps or track.fps, _GOOD_CRF, samples) <= rate_bps
