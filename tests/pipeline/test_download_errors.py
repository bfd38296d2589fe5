"""Tests for the choice of the most informative error of several plugins."""

import pytest

from boss_bot_core.errors import (
    BlockedError,
    DownloadFailedError,
    EngineBrokenError,
    NetworkError,
    NothingFoundError,
    RateLimitError,
    UnsupportedUrlError,
)
from boss_bot_core.pipeline.stages.download import most_informative


def test_a_specific_error_is_preferred_to_nothing_found_and_that_to_unsupported() -> None:
    unsupported, nothing, limited = UnsupportedUrlError("a"), NothingFoundError("b"), RateLimitError("c")
    assert most_informative([unsupported, nothing, limited]) is limited
    assert most_informative([unsupported, nothing]) is nothing
    assert most_informative([unsupported]) is unsupported


@pytest.mark.parametrize("fallback", [BlockedError("b"), UnsupportedUrlError("b"), NothingFoundError("b")])
def test_the_failure_of_the_chosen_plugin_is_preferred_to_the_refusal_of_the_fallback(
    fallback: DownloadFailedError,
) -> None:
    broken = EngineBrokenError("a")
    assert most_informative([broken, fallback]) is broken


def test_of_equally_informative_errors_the_first_is_returned() -> None:
    first, second = NetworkError("a"), RateLimitError("b")
    assert most_informative([first, second]) is first
