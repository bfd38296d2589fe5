"""Exponential backoff: how long to wait after each failure in a row."""

import attrs


@attrs.frozen(kw_only=True)
class Backoff:
    """Waits that double with each failure in a row.

    Attributes:
        initial_s: The wait after the first failure, seconds.
        max_s: The longest wait, seconds.
    """

    initial_s: float
    max_s: float = float("inf")

    def delay_s(self, failures: int) -> float:
        """Return the wait after `failures` failures in a row, from 1, in seconds."""
        # The exponent is bounded, because a float overflows at 2**1024.
        return min(self.max_s, self.initial_s * 2.0 ** min(max(0, failures - 1), 63))
