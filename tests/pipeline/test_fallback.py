"""Of several plugins' failures, the one that says most is told."""

from boss_bot_core.errors import NetworkError, NothingFoundError, RateLimitError, UnsupportedUrlError
from boss_bot_core.pipeline.stages.download import most_informative


def test_a_real_reason_wins_over_nothing_found_and_that_over_unsupported() -> None:
    unsupported, nothing, limited = UnsupportedUrlError("a"), NothingFoundError("b"), RateLimitError("c")
    assert most_informative([unsupported, nothing, limited]) is limited
    assert most_informative([unsupported, nothing]) is nothing
    assert most_informative([unsupported]) is unsupported


def test_of_equal_reasons_the_better_plugins_is_told() -> None:
    first, second = NetworkError("a"), RateLimitError("b")
    assert most_informative([first, second]) is first
