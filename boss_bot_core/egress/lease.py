"""One download's right to use the proxy, as the rest of the bot holds it.

The runner hands its URL to a worker, watches its bytes, changes its rate and closes it. Apart from the account behind
it, which the proxy's connections write to.
"""

from collections.abc import Callable

from boss_bot_core.egress._lease_state import LeaseState
from boss_bot_core.egress.model import BlockedRequest


class Lease:
    """A credential of the proxy, with counters."""

    def __init__(self, state: LeaseState, proxy_url: str, revoke: Callable[[], object]) -> None:
        self._state = state
        self._proxy_url = proxy_url
        self._revoke = revoke

    def __repr__(self) -> str:
        # Never the URL: it carries the secret, and representations end up in logs.
        return f"Lease({self.lease_id!r}, bytes_down={self.bytes_down}, connections={self.connection_count})"

    @property
    def lease_id(self) -> str:
        """The caller's name for it, as logged."""
        return self._state.lease_id

    @property
    def proxy_url(self) -> str:
        """``http://user:secret@127.0.0.1:port``; only the worker may see it."""
        return self._proxy_url

    @property
    def bytes_down(self) -> int:
        """Bytes read from hosts, TLS and HTTP heads included."""
        return self._state.bytes_down

    @property
    def bytes_up(self) -> int:
        """Bytes sent to hosts, likewise."""
        return self._state.bytes_up

    @property
    def first_request_at(self) -> float | None:
        """When the first request came, in seconds of ``time.monotonic()``; None before."""
        return self._state.first_request_at

    @property
    def last_activity_at(self) -> float:
        """When the lease was made, a request came or bytes last passed, in seconds of ``time.monotonic()``."""
        return self._state.last_activity_at

    @property
    def blocked(self) -> list[BlockedRequest]:
        """Requests that were turned away: the first 64 of them, in order."""
        return list(self._state.blocked)

    @property
    def is_capped(self) -> bool:
        """Whether the byte cap was met; every connection was then cut."""
        return self._state.is_capped

    @property
    def connection_count(self) -> int:
        """Connections open now."""
        return len(self._state.connections)

    def set_rate(self, rate_bps: int | None) -> None:
        """Limit the download to a number of bytes per second from now on; None lifts the limit.

        Raises:
            ValueError: The rate is not positive.
        """
        self._state.rate_limiter.set_rate(rate_bps, self._state.share)

    def close(self) -> None:
        """Drop its connections and refuse its credential from now on; may be called again."""
        self._revoke()
        self._state.abort_connections()
