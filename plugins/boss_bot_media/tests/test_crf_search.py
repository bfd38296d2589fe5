"""The search for a constant quality: a few tries find it, whatever the picture makes of the quality."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_media.video.crf_search import HIGHEST_CRF, CrfPoint, choose_crf, is_near

LOWEST = 8.0
MEASURED = {8.0: 2.46, 12.5: 1.7, 15.9: 1.17, 17.0: 0.99, 17.9: 0.83, 26.0: 0.07}
"""Rates of a noisy clip as x264 made them: below a quality of 20 the noise survives."""


def search(rate_at: Callable[[float], float], wanted_bps: float) -> list[CrfPoint]:
    """Return the tries, the first of them at 26."""
    points = [CrfPoint(26.0, rate_at(26.0))]
    while not is_near(points[-1], wanted_bps, LOWEST):
        crf = choose_crf(points, wanted_bps, LOWEST)
        points.append(CrfPoint(crf, rate_at(crf)))
        assert len(points) < 12
    return points


@given(steps=st.floats(4, 8), wanted_bps=st.floats(10_000, 50_000_000))
def test_an_even_slope_takes_few_tries(steps: float, wanted_bps: float) -> None:
    points = search(lambda crf: float(1_000_000 * 2 ** ((26 - crf) / steps)), wanted_bps)
    assert len(points) <= 5


def test_where_noise_begins_to_survive_takes_few_tries_too() -> None:
    def rate_at(crf: float) -> float:
        left = max(quality for quality in MEASURED if quality <= crf)
        right = min(quality for quality in MEASURED if quality >= crf)
        share = 0.0 if left == right else (crf - left) / (right - left)
        return float(MEASURED[left] * (MEASURED[right] / MEASURED[left]) ** share)

    assert len(search(rate_at, 1.0)) <= 5


@given(knee=st.floats(9, 40), wanted_bps=st.floats(2.0**16, 2.0**24))
def test_a_knee_is_found(knee: float, wanted_bps: float) -> None:
    points = search(lambda crf: float(2 ** (25 - crf / 12 - max(0.0, crf - knee) / 4)), wanted_bps)
    assert abs(math.log2(points[-1].rate_bps / wanted_bps)) < 0.2 or points[-1].crf in {LOWEST, HIGHEST_CRF}


@pytest.mark.parametrize(("rate_bps", "crf"), [(1.0, LOWEST), (1e12, HIGHEST_CRF)])
def test_the_search_ends_at_its_ends(rate_bps: float, crf: float) -> None:
    points = search(lambda _: rate_bps, 1_000_000.0)
    assert points[-1].crf == crf
