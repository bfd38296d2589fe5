"""The progress of a conversion from a worker's reports, whatever a plugin reports."""

from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.pipeline.conversion_meter import ConversionMeter
from boss_bot_core.plugin import ConversionProgress

REPORTS = st.builds(
    ConversionProgress,
    filename=st.just("a"),
    fraction=st.floats(-2, 2),
    file_index=st.integers(-3, 9),
    file_count=st.integers(-3, 9),
)


@given(st.lists(REPORTS, min_size=1, max_size=20))
def test_the_share_is_valid_and_never_goes_back(reports: list[ConversionProgress]) -> None:
    meter = ConversionMeter(0.0)
    updates = [meter.update(report, now_s) for now_s, report in enumerate(reports)]
    shares = [update.fraction for update in updates]
    assert shares == sorted(shares)
    assert all(0 <= update.fraction <= 1 and 1 <= update.file_index <= update.file_count for update in updates)
    assert all(update.eta_seconds is None or update.eta_seconds >= 0 for update in updates)


def test_the_time_left_is_that_of_all_files() -> None:
    meter = ConversionMeter(100.0)

    def report(fraction: float, index: int, now_s: float) -> tuple[float, float | None]:
        progress = ConversionProgress(filename="a", fraction=fraction, file_index=index, file_count=2)
        update = meter.update(progress, now_s)
        return update.fraction, update.eta_seconds

    assert report(0.25, 1, 100.5) == (0.125, None), "it is too early for an estimate"
    assert report(0.5, 1, 110.0) == (0.25, 30.0)
    assert report(0.0, 2, 120.0) == (0.5, 20.0)
    assert report(1.0, 2, 140.0) == (1.0, 0.0)
