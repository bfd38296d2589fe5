"""The byte budget: the first rate fills the limit, and further tries come closer whatever the encoder makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_media.video.budget import correct_rate, find_picture_rate, raise_rate


@given(
    limit_bytes=st.integers(100_000, 10**9),
    duration_s=st.floats(0.5, 7_200),
    fps=st.floats(5, 120),
    sound_share=st.floats(0, 0.5),
)
def test_picture_and_sound_stay_below_the_limit(
    limit_bytes: int, duration_s: float, fps: float, sound_share: float
) -> None:
    sound_bytes = limit_bytes * sound_share
    rate_bps = find_picture_rate(limit_bytes, duration_s, fps, sound_bytes)
    assert rate_bps * duration_s / 8 + sound_bytes < limit_bytes


@given(slope=st.floats(0.35, 1.3), miss=st.floats(0.7, 1.5), wanted_bytes=st.floats(10_000, 10**8))
def test_tries_come_closer_to_the_target(slope: float, miss: float, wanted_bytes: float) -> None:
    def encode(rate_bps: int) -> float:
        return float(wanted_bytes * miss * (rate_bps / 1_000_000) ** slope)

    tries = [(1_000_000, encode(1_000_000))]
    for _ in range(3):
        rate_bps = correct_rate(tries, wanted_bytes)
        tries.append((rate_bps, encode(rate_bps)))
    assert tries[-1][1] == pytest.approx(wanted_bytes, rel=0.05)


@pytest.mark.parametrize(("first_share", "factor"), [(1.3, 1.0), (1.0, 1.0), (0.85, 1.0), (0.65, 1.109), (0.2, 1.15)])
def test_only_a_first_pass_far_too_small_raises_the_rate(first_share: float, factor: float) -> None:
    assert raise_rate(1_000_000, 100_000 * first_share, 100_000) == pytest.approx(1_000_000 * factor, rel=0.001)
