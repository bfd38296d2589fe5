"""The waits of the exponential backoff."""

from boss_bot_core.domain.clock import Backoff


def test_the_wait_doubles_with_each_failure_up_to_the_longest() -> None:
    backoff = Backoff(initial_s=0.5, max_s=20.0)
    assert [backoff.delay_s(failures) for failures in range(1, 8)] == [0.5, 1, 2, 4, 8, 16, 20]


def test_thousands_of_failures_do_not_overflow() -> None:
    assert Backoff(initial_s=1.0, max_s=60.0).delay_s(5000) == 60.0
