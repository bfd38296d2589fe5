"""`EgressProxy`: the HTTP forward proxy that is a worker's only way to the network.

It runs on the bot's own event loop, listens on loopback and serves only requests with an open lease's credential.
"""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

from boss_bot_core.egress._context import ProxyContext
from boss_bot_core.egress._host_lookup import HostOverrides, Lookup, SystemResolver
from boss_bot_core.egress._lease_state import LeaseState
from boss_bot_core.egress._listener import LISTEN_ADDRESS, Listener
from boss_bot_core.egress._rate_limiter import RateLimiter
from boss_bot_core.egress.address_policy import AddressPolicy
from boss_bot_core.egress.lease import USERNAME, Lease
from boss_bot_core.egress.model import EgressLimits, ProxyMetrics
from boss_bot_core.egress.resolver import Resolver


class EgressProxy:
    """A proxy for CONNECT and plain HTTP; an async context manager that can be entered once.

    Attributes:
        metrics: Counters since the start.
    """

    def __init__(
        self,
        policy: AddressPolicy,
        host_overrides: Mapping[str, str] | None = None,
        limits: EgressLimits | None = None,
        lookup: Lookup | None = None,
    ) -> None:
        """Prepare a proxy; raises ValueError for a malformed override.

        Args:
            policy: Decides which addresses may be reached.
            host_overrides: Fixed ``ip:port`` of hosts (or ``.suffixes``).
            limits: Limits of the connections.
            lookup: Resolves host names; the operating system's resolver by default.
        """
        self.metrics = ProxyMetrics()
        self._limits = limits or EgressLimits()
        self._system_lookup = SystemResolver()
        self._resolver = Resolver(
            policy,
            HostOverrides(host_overrides or {}),
            lookup or self._system_lookup,
            self._limits.lookup_timeout_s,
        )
        self._context: ProxyContext
        self._listener: Listener

    async def __aenter__(self) -> Self:
        """Listen on a random free port of 127.0.0.1."""
        rate_limiter = RateLimiter(asyncio.get_running_loop())
        self._context = ProxyContext(
            limits=self._limits, resolver=self._resolver, rate_limiter=rate_limiter, metrics=self.metrics
        )
        self._listener = Listener(self._context)
        await self._listener.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Revoke every lease, stop listening and abort every connection."""
        self._context.lease_states.clear()
        await self._listener.close()
        self._context.rate_limiter.close()
        self._system_lookup.close()

    @property
    def port(self) -> int:
        """The TCP port that the proxy listens on."""
        return self._listener.port

    @property
    def connection_count(self) -> int:
        """Number of open connections."""
        return len(self._listener.connections)

    def open_lease(
        self,
        lease_id: str,
        *,
        byte_cap: int | None = None,
        rate_bps: int | None = None,
        extend_cap: Callable[[int], int] | None = None,
    ) -> Lease:
        """Open a lease, which lasts until it is closed.

        Args:
            lease_id: A name for the log; not secret.
            byte_cap: Most bytes that may be downloaded, TLS and HTTP heads included; None: unlimited.
            rate_bps: Bytes per second; None: unlimited.
            extend_cap: Called with the downloaded bytes when they exceed the cap; returns the new cap.
        """
        secret = secrets.token_urlsafe(24)
        lease_states, rate_limiter = self._context.lease_states, self._context.rate_limiter
        lease_states[secret] = state = LeaseState(
            lease_id=lease_id,
            byte_cap=byte_cap,
            extend_cap=extend_cap,
            max_connections=self._limits.connections_per_lease,
            rate_limiter=rate_limiter,
            share=rate_limiter.create_share(rate_bps),
            metrics=self.metrics,
        )
        return Lease(
            state, f"http://{USERNAME}:{secret}@{LISTEN_ADDRESS}:{self.port}", lambda: lease_states.pop(secret, None)
        )

    def set_global_rate(self, rate_bps: int | None) -> None:
        """Limit all downloads together to `rate_bps` bytes per second from now on; None lifts the limit."""
        self._context.rate_limiter.set_rate(rate_bps)
