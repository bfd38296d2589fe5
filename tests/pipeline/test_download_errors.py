"""Tests for the choice of the most informative error of several plugins."""

from boss_bot_core.errors import NetworkError, NothingFoundError, RateLimitError, UnsupportedUrlError
from boss_bot_core.pipeline.stages.download import most_informative


def test_a_specific_error_is_preferred_to_nothing_found_and_that_to_unsupported() -> None:
    unsupported, nothing, limited = UnsupportedUrlError("a"), NothingFoundError("b"), RateLimitError("c")
    assert most_informative([unsupported, nothing, limited]) is limited
    assert most_informative([unsupported, nothing]) is nothing
    assert most_informative([unsupported]) is unsupported


def test_of_equally_informative_errors_the_first_is_returned() -> None:
    first, second = NetworkError("a"), RateLimitError("b")
    assert most_informative([first, second]) is first
