"""The settings of property tests whose examples are slow: few of them by default, many random ones in the slow suite.

What the slow suite finds becomes an explicit example, so that the default run always tries it.
"""

from hypothesis import HealthCheck, settings

_UNCHECKED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def few_examples(count: int) -> settings:
    """Return the settings for the default run."""
    return settings(max_examples=count, suppress_health_check=_UNCHECKED)


def many_random_examples(count: int) -> settings:
    """Return the settings for a test marked `slow`: new examples in every run, in CI too; each failure is printed."""
    return settings(few_examples(count), derandomize=False, print_blob=True)
