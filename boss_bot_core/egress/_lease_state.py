"""`LeaseState`: the counters, limits and open connections of one lease; the proxy's side of `Lease`.

It is separate from `Lease` so that the rest of the bot can read the counters and cannot change them.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Final, Protocol

import attrs
from loguru import logger

from boss_bot_core.egress._rate_limiter import RateLimiter
from boss_bot_core.egress._target import Target
from boss_bot_core.egress.errors import EgressRefusedError
from boss_bot_core.egress.fair_queue import ConnectionFlow, DownloadShare
from boss_bot_core.egress.model import BlockedRequest, ProxyMetrics
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.errors.refusal import BYTE_CAP, TOO_MANY_CONNECTIONS

_MAX_BLOCKED_RECORDS: Final = 64
_MAX_CONCURRENT_LOOKUPS: Final = 4


class Abortable(Protocol):
    """A connection of a lease; breaks the import circle between this module and `_connection`."""

    def abort(self) -> None:
        """Reset both sides at once."""


@attrs.define(kw_only=True, eq=False)
class LeaseState:
    """Counters and connections of one download; `Lease` publishes the attributes and describes them."""

    lease_id: str
    byte_cap: int | None
    max_connections: int
    rate_limiter: RateLimiter
    share: DownloadShare
    extend_cap: Callable[[int], int] | None = None
    metrics: ProxyMetrics
    bytes_down: int = 0
    bytes_up: int = 0
    last_activity_at: float = attrs.field(factory=time.monotonic)
    first_request_at: float | None = None
    blocked: list[BlockedRequest] = attrs.field(factory=list)
    is_capped: bool = False
    machine_error: DownloadFailedError | None = None
    connections: set[Abortable] = attrs.field(factory=set)
    # Slow look-ups of one download must not occupy the look-up threads of all downloads.
    lookups: asyncio.Semaphore = attrs.field(factory=lambda: asyncio.Semaphore(_MAX_CONCURRENT_LOOKUPS))

    def add_connection(self, connection: Abortable) -> None:
        """Record a request with this lease's credential; closing the lease aborts its connection from now on."""
        self.last_activity_at = time.monotonic()
        if self.first_request_at is None:
            self.first_request_at = self.last_activity_at
        self.metrics.requests += 1
        self.connections.add(connection)

    def check_admission(self) -> None:
        """Refuse a new request if the lease has used up a limit.

        Raises:
            EgressRefusedError: The byte cap was exceeded, or too many connections are open.
        """
        if self.is_capped:
            raise EgressRefusedError(BYTE_CAP)
        if len(self.connections) > self.max_connections:
            raise EgressRefusedError(TOO_MANY_CONNECTIONS, status=503)

    def record_blocked(self, target: Target, reason: str) -> None:
        """Record a refused request."""
        self.metrics.refused += 1
        # A worker that requests a thousand addresses must flood neither memory nor the log.
        if len(self.blocked) < _MAX_BLOCKED_RECORDS:
            self.blocked.append(BlockedRequest(target.host, target.port, reason))
            logger.bind(action="egress.refused", lease_id=self.lease_id, reason=reason).warning(
                "Refused a connection to {}:{}: {}", target.host, target.port, reason
            )

    def create_flow(self, on_granted: Callable[[], None]) -> ConnectionFlow:
        """Create the rate limiter's flow of a new connection."""
        return ConnectionFlow(self.share, on_granted)

    def max_read_bytes(self) -> int | None:
        """Return the largest allowed read in bytes; None without a cap.

        It is one byte more than the cap leaves, so that a response beyond the cap is detected.
        """
        return None if self.byte_cap is None else max(self.byte_cap - self.bytes_down, 0) + 1

    def record_download(self, amount_bytes: int) -> bool:
        """Record bytes read from a host; return False if they exceed the cap, after aborting every connection."""
        self.last_activity_at = time.monotonic()
        self.bytes_down += amount_bytes
        self.metrics.bytes_down += amount_bytes
        if self.byte_cap is not None and self.bytes_down > self.byte_cap and self.extend_cap and not self.is_capped:
            self.byte_cap = self.extend_cap(self.bytes_down)
        if self.byte_cap is None or self.bytes_down <= self.byte_cap:
            return True
        if not self.is_capped:
            self.is_capped = True
            self.metrics.capped_leases += 1
            logger.bind(action="egress.capped", lease_id=self.lease_id).warning("Cut a download at its byte cap")
        self.abort_connections()
        return False

    def record_upload(self, amount_bytes: int) -> None:
        """Record bytes sent to a host."""
        self.last_activity_at = time.monotonic()
        self.bytes_up += amount_bytes
        self.metrics.bytes_up += amount_bytes

    def abort_connections(self) -> None:
        """Abort every open connection."""
        for connection in tuple(self.connections):
            connection.abort()
