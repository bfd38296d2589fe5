"""The search for the constant quality (CRF) at which a picture has a rate, from what encodings of it have shown."""

import math
from collections.abc import Sequence
from typing import Final

import attrs

HIGHEST_CRF: Final = 51.0
_NEAR_OCTAVES: Final = 0.19
"""How near is near enough, in octaves of the rate: x264's second pass evens out 14 %."""
_USUAL_SLOPE: Final = 5.0
"""Steps of CRF for half the rate; noise takes 3, where it begins to survive, and a clean film 7."""
_SLOPES: Final = (2.5, 9.0)
_BEND: Final = 0.7
"""The power of the rate that the quality follows most evenly: a line for noise, a logarithm for a clean film."""
_EDGE: Final = 0.1
"""A try keeps this share of a bracket away from its ends, so that every try makes it smaller."""


@attrs.frozen
class CrfPoint:
    """The rate of a picture at a constant quality.

    Attributes:
        crf: The constant quality.
        rate_bps: Bits per second.
    """

    crf: float
    rate_bps: float


def is_near(point: CrfPoint, wanted_bps: float, lowest_crf: float) -> bool:
    """Return whether a first pass at a quality is good enough for a second pass at the rate.

    Args:
        point: What the first pass has shown.
        wanted_bps: The rate.
        lowest_crf: The quality above which more bits are wasted.
    """
    octaves = math.log2(point.rate_bps / wanted_bps)
    is_at_end = point.crf <= lowest_crf if octaves < 0 else point.crf >= HIGHEST_CRF
    return abs(octaves) <= _NEAR_OCTAVES or is_at_end


def choose_crf(points: Sequence[CrfPoint], wanted_bps: float, lowest_crf: float) -> float:
    """Return the quality to try next.

    Args:
        points: What is known, at least one point.
        wanted_bps: The rate that the picture should have.
        lowest_crf: The lowest quality to try.
    """
    over = [point for point in points if point.rate_bps >= wanted_bps]
    under = [point for point in points if point.rate_bps < wanted_bps]
    if over and under:
        low, high = max(over, key=lambda point: point.crf), min(under, key=lambda point: point.crf)
        above, wanted, below = (math.pow(rate, _BEND) for rate in (low.rate_bps, wanted_bps, high.rate_bps))
        line = (above - wanted) / (above - below)
        return low.crf + (high.crf - low.crf) * min(1 - _EDGE, max(_EDGE, line))
    near = min(points, key=lambda point: abs(math.log2(point.rate_bps / wanted_bps)))
    crf = near.crf + math.log2(near.rate_bps / wanted_bps) * _find_slope(points, near)
    return min(HIGHEST_CRF, max(lowest_crf, crf))


def _find_slope(points: Sequence[CrfPoint], near: CrfPoint) -> float:
    """Return the steps of CRF for half the rate, on one side of the wanted rate."""
    others = [point for point in points if point.rate_bps != near.rate_bps]
    if not others:
        return _USUAL_SLOPE
    other = min(others, key=lambda point: abs(point.crf - near.crf))
    low, high = _SLOPES
    return min(high, max(low, abs((other.crf - near.crf) / math.log2(other.rate_bps / near.rate_bps))))
