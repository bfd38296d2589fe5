"""`Lease`: one download's right to use the proxy, as the rest of the bot uses it.

The runner passes the lease's URL to a worker, reads its counters, changes its rate and closes it. The proxy's
connections write to the `LeaseState` behind it.
"""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Final

import h11

from boss_bot_core.egress._lease_state import LeaseState
from boss_bot_core.egress.errors import UnauthorizedError
from boss_bot_core.egress.model import BlockedRequest
from boss_bot_core.errors import DownloadFailedError

USERNAME: Final = "lease"
"""The user name in a proxy URL; the password is the lease's secret."""


class Lease:
    """A credential of the proxy, with its counters and its rate."""

    def __init__(self, state: LeaseState, proxy_url: str, revoke: Callable[[], object]) -> None:
        self._state = state
        self._proxy_url = proxy_url
        self._revoke = revoke

    def __repr__(self) -> str:
        # Never the URL: it contains the secret, and representations appear in logs.
        return f"Lease({self.lease_id!r}, bytes_down={self.bytes_down}, connections={self.connection_count})"

    @property
    def lease_id(self) -> str:
        """The caller's name for the lease, used in the log."""
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
        """Bytes sent to hosts, TLS and HTTP heads included."""
        return self._state.bytes_up

    @property
    def first_request_at(self) -> float | None:
        """Time of the first request, in seconds of ``time.monotonic()``; None before the first."""
        return self._state.first_request_at

    @property
    def last_activity_at(self) -> float:
        """Time of the last request or byte, or of the lease's start, in seconds of ``time.monotonic()``."""
        return self._state.last_activity_at

    @property
    def blocked(self) -> list[BlockedRequest]:
        """The first 64 refused requests, in order."""
        return list(self._state.blocked)

    @property
    def is_capped(self) -> bool:
        """Whether the byte cap was exceeded; every connection was then aborted."""
        return self._state.is_capped

    @property
    def machine_error(self) -> DownloadFailedError | None:
        """The last reason of this machine, not of a host, for which a connection failed."""
        return self._state.machine_error

    @property
    def connection_count(self) -> int:
        """Number of open connections."""
        return len(self._state.connections)

    def set_rate(self, rate_bps: int | None) -> None:
        """Limit the download to `rate_bps` bytes per second from now on; None lifts the limit.

        Raises:
            ValueError: The rate is not positive.
        """
        self._state.rate_limiter.set_rate(rate_bps, self._state.share)

    def close(self) -> None:
        """Revoke the credential and abort the lease's connections; may be called again."""
        self._revoke()
        self._state.abort_connections()


def find_lease_state(request: h11.Request, lease_states: Mapping[str, LeaseState]) -> LeaseState:
    """Find the lease of a request's credential.

    Args:
        request: The request's head.
        lease_states: State of the open leases, by secret.

    Raises:
        UnauthorizedError: No open lease has this credential.
    """
    values = [value for name, value in request.headers if name == b"proxy-authorization"]
    scheme, _, token = values[0].partition(b" ") if len(values) == 1 else (b"", b"", b"")
    if scheme.lower() != b"basic":
        raise UnauthorizedError
    try:
        _, _, secret = base64.b64decode(token.strip(), validate=True).decode("ascii").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise UnauthorizedError from None
    state = lease_states.get(secret)
    if state is None:
        raise UnauthorizedError
    return state
