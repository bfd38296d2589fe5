"""Formatted sizes, durations and shares, and the progress bar."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.bot.texts.units import (
    WIDTH,
    format_duration,
    format_limit,
    format_limit_compact,
    format_percent,
    format_rough_duration,
    format_share,
    format_size_compact,
    format_speed,
    progress_bar,
    relative_timestamp,
)
from boss_bot_core.domain.preferences import BarStyle
from boss_bot_core.domain.sizes import format_size

MB = 1024 * 1024


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1 KB"),
        (MB - 1, "1.0 MB"),
        (2.3 * MB, "2.3 MB"),
        (1024 * MB - 1, "1.0 GB"),
        (1536 * MB, "1.5 GB"),
    ],
)
def test_sizes(size_bytes: float, text: str) -> None:
    assert format_size(size_bytes) == text


def test_sizes_speeds_and_limits() -> None:
    assert format_share(int(12.4 * MB), int(23.8 * MB)) == "12.4 / 23.8 MB"
    assert format_share(512 * 1024, 2 * MB) == "512 KB / 2.0 MB"
    assert format_speed(1.2 * MB) == "1.2 MB/s"
    assert [format_limit(20 * MB - 65_536), format_limit(50 * MB), format_limit(int(8.5 * MB)), format_limit(1000)] == [
        "20 MB",
        "50 MB",
        "8.5 MB",
        "1000 B",
    ]
    assert format_size_compact(2.3 * MB) == "2.3MB"
    assert format_limit_compact(20 * MB - 65_536) == "20MB"


@given(st.floats(min_value=0, max_value=1e15))
def test_a_size_below_a_terabyte_has_at_most_four_digits(size_bytes: float) -> None:
    number = float(format_size(size_bytes).split()[0])
    assert number < 1024 or size_bytes >= 1024**4 * 0.99


@pytest.mark.parametrize(
    ("seconds", "exact", "rough"),
    [
        (-3, "0s", "1 second"),
        (45, "45s", "45 seconds"),
        (59.6, "1m 00s", "1 minute"),
        (125, "2m 05s", "2 minutes"),
        (3720, "1h 02m", "62 minutes"),
        (7300, "2h 01m", "2 hours"),
    ],
)
def test_durations(seconds: float, exact: str, rough: str) -> None:
    assert (format_duration(seconds), format_rough_duration(seconds)) == (exact, rough)


def test_relative_timestamps() -> None:
    assert relative_timestamp(datetime(2026, 10, 1, 12, tzinfo=UTC)) == "<t:1790856000:R>"


@given(st.floats(allow_nan=False), st.sampled_from(BarStyle), st.integers(min_value=2, max_value=40))
def test_a_bar_has_its_width_and_is_full_only_when_done(fraction: float, style: BarStyle, width: int) -> None:
    drawn = progress_bar(fraction, style, width).strip("[]")
    assert len(drawn) == width
    is_full = drawn in {"=" * width, "█" * width, "●" * width}
    assert is_full == (fraction >= 1)


@given(st.floats(min_value=0, max_value=1), st.floats(min_value=0, max_value=1))
def test_a_bar_never_shrinks_as_progress_grows(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert progress_bar(less).count("=") <= progress_bar(more).count("=")
    assert int(format_percent(less)[:-1]) <= int(format_percent(more)[:-1])


def test_the_prds_bars() -> None:
    assert progress_bar(1.0) == "[====================]"
    assert progress_bar(0.35, width=8) == "[===>    ]"
    assert progress_bar(0.0) == "[" + " " * WIDTH + "]"
    assert progress_bar(0.5, BarStyle.BLOCKS, 4) == "██░░"
    assert progress_bar(0.5, BarStyle.DOTS, 4) == "●●○○"
    assert (format_percent(0.999), format_percent(1.0), format_percent(0.52)) == ("99%", "100%", "52%")
