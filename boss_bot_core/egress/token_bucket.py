"""A token bucket: how many bytes may pass now at a given rate.

Pure, with the time handed in, so that its arithmetic is tested without waiting.
"""

from typing import Final

MIN_QUANTUM: Final = 1024
MAX_QUANTUM: Final = 256 * 1024

# Twenty turns a second keep a bar smooth; fewer, larger reads cost less.
_TURNS_PER_S: Final = 20
_BURST_S: Final = 0.1
# Rounding must not make a bucket that has just been waited for miss its amount by a fraction of a byte.
_ROUNDING: Final = 1e-3


def quantum(*rates: int | None) -> int:
    """How many bytes are handed out at once where all of these rates (bytes per second, None: unlimited) apply."""
    slowest = min((rate for rate in rates if rate is not None), default=MAX_QUANTUM * _TURNS_PER_S)
    return max(MIN_QUANTUM, min(slowest // _TURNS_PER_S, MAX_QUANTUM))


class TokenBucket:
    """Fills at a rate and is emptied by what passes."""

    def __init__(self, rate: int | None, now: float) -> None:
        """Start with a full bucket.

        Args:
            rate: Bytes per second, or None for no limit.
            now: Monotonic seconds.
        """
        self._updated = now
        self._tokens = 0.0
        self._rate: int | None = None
        self.set_rate(rate, now)
        self._tokens = self.capacity

    @property
    def rate(self) -> int | None:
        """Bytes per second, or None for no limit."""
        return self._rate

    @property
    def capacity(self) -> float:
        """The most bytes that can pass at once."""
        return max((self._rate or 0) * _BURST_S, quantum(self._rate))

    def set_rate(self, rate: int | None, now: float) -> None:
        """Change the rate from now on.

        Raises:
            ValueError: The rate is not positive.
        """
        if rate is not None and rate <= 0:
            raise ValueError("a rate is a positive number of bytes per second, or None")
        self._refill(now)
        self._rate = rate
        self._tokens = min(self._tokens, self.capacity)

    def delay(self, amount: int, now: float) -> float:
        """Seconds until an amount of at most ``capacity`` bytes may pass; 0.0 when it may now."""
        if self._rate is None:
            return 0.0
        self._refill(now)
        missing = amount - self._tokens
        return missing / self._rate if missing > _ROUNDING else 0.0

    def take(self, amount: int, now: float) -> None:
        """Let an amount pass; the caller has seen that its delay is 0."""
        self._refill(now)
        if self._rate is not None:
            self._tokens -= amount

    def _refill(self, now: float) -> None:
        if self._rate is not None and now > self._updated:
            self._tokens = min(self.capacity, self._tokens + (now - self._updated) * self._rate)
        self._updated = max(now, self._updated)
