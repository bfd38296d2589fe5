"""The search for a quality finds the highest one that fits, in few steps."""

from hypothesis import given
from hypothesis import strategies as st

from boss_bot_media.images.quality_search import search_quality


@given(
    sizes=st.lists(st.integers(1, 1000), min_size=1, max_size=60).map(sorted),
    limit_bytes=st.integers(1, 1000),
    lowest=st.integers(0, 40),
)
def test_the_highest_quality_that_fits_is_found_in_few_steps(sizes: list[int], limit_bytes: int, lowest: int) -> None:
    measured: list[int] = []

    def measure_size(quality: int) -> int:
        measured.append(quality)
        return sizes[quality - lowest]

    found = search_quality(measure_size, limit_bytes, lowest, lowest + len(sizes) - 1)
    fitting = [quality for quality, size in enumerate(sizes, lowest) if size <= limit_bytes]
    assert found == (max(fitting) if fitting else None)
    assert len(measured) <= 8
