"""`TokenBucket`: decides how many bytes may pass now at a given rate.

It is pure and takes the time as an argument, so that tests check its arithmetic without waiting.
"""

from typing import Final

MIN_QUANTUM_BYTES: Final = 1024
MAX_QUANTUM_BYTES: Final = 256 * 1024

# Twenty turns a second keep a progress bar smooth; fewer, larger reads cost less CPU time.
_TURNS_PER_S: Final = 20
_BURST_S: Final = 0.1
# After a wait of exactly `delay_s`, rounding must not leave the bucket a fraction of a byte short.
_ROUNDING_BYTES: Final = 1e-3


def compute_quantum_bytes(*rates: int | None) -> int:
    """Return how many bytes one turn grants where all of these rates (bytes per second, None: unlimited) apply."""
    slowest = min((rate for rate in rates if rate is not None), default=MAX_QUANTUM_BYTES * _TURNS_PER_S)
    return max(MIN_QUANTUM_BYTES, min(slowest // _TURNS_PER_S, MAX_QUANTUM_BYTES))


class TokenBucket:
    """Fills with tokens, one per byte, at a fixed rate; a read takes tokens out."""

    def __init__(self, rate_bps: int | None, now: float) -> None:
        """Start with a full bucket.

        Args:
            rate_bps: Bytes per second, or None for no limit.
            now: Monotonic seconds.
        """
        self._updated_at = now
        self._tokens = 0.0
        self._rate_bps: int | None = None
        self.set_rate(rate_bps, now)
        self._tokens = self.capacity_bytes

    @property
    def rate_bps(self) -> int | None:
        """Bytes per second, or None for no limit."""
        return self._rate_bps

    @property
    def capacity_bytes(self) -> float:
        """The most tokens that the bucket holds: the most bytes that can pass at once."""
        return max((self._rate_bps or 0) * _BURST_S, compute_quantum_bytes(self._rate_bps))

    def set_rate(self, rate_bps: int | None, now: float) -> None:
        """Change the rate from now on.

        Raises:
            ValueError: The rate is not positive.
        """
        if rate_bps is not None and rate_bps <= 0:
            raise ValueError("a rate is a positive number of bytes per second, or None")
        self._refill(now)
        self._rate_bps = rate_bps
        self._tokens = min(self._tokens, self.capacity_bytes)

    def delay_s(self, amount_bytes: int, now: float) -> float:
        """Return the seconds until an amount of at most `capacity_bytes` may pass; 0.0 if it may pass now."""
        if self._rate_bps is None:
            return 0.0
        self._refill(now)
        missing = amount_bytes - self._tokens
        return missing / self._rate_bps if missing > _ROUNDING_BYTES else 0.0

    def take(self, amount_bytes: int, now: float) -> None:
        """Take tokens for an amount; the caller has checked that its delay is 0."""
        self._refill(now)
        if self._rate_bps is not None:
            self._tokens -= amount_bytes

    def _refill(self, now: float) -> None:
        if self._rate_bps is not None and now > self._updated_at:
            self._tokens = min(self.capacity_bytes, self._tokens + (now - self._updated_at) * self._rate_bps)
        self._updated_at = max(now, self._updated_at)
