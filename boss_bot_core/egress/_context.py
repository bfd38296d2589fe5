"""What all connections of a proxy share, and the two steps that count: receiving a head, and reaching a host."""

import asyncio
from functools import partial

import attrs
import h11

from boss_bot_core.egress._dial import connect
from boss_bot_core.egress._http_reader import HttpReader
from boss_bot_core.egress._lease_state import LeaseState
from boss_bot_core.egress._metering import SharedBuffer
from boss_bot_core.egress._rate_limiter import RateLimiter
from boss_bot_core.egress._request import authenticate
from boss_bot_core.egress._target import Target
from boss_bot_core.egress.errors import BadRequestError, EgressRefusedError, UnauthorizedError, UnreachableError
from boss_bot_core.egress.model import EgressLimits, ProxyMetrics
from boss_bot_core.egress.resolver import Resolver


@attrs.frozen(kw_only=True)
class ProxyContext:
    """Shared by all connections.

    Attributes:
        limits: The proxy's limits.
        resolver: Checks and resolves targets.
        rate_limiter: The throttle.
        totals: Counters for metrics.
        lease_states: Accounts of the open leases, by secret.
        buffer: The relays' buffer.
    """

    limits: EgressLimits
    resolver: Resolver
    rate_limiter: RateLimiter
    metrics: ProxyMetrics = attrs.field(factory=ProxyMetrics)
    lease_states: dict[str, LeaseState] = attrs.field(factory=dict, repr=False)
    buffer: SharedBuffer = attrs.field(factory=SharedBuffer)

    async def receive_head(self, client: HttpReader) -> h11.Request:
        """Wait for a request's head.

        Raises:
            BadRequestError: It did not come in time.
            ConnectionResetError: The client left instead.
            h11.RemoteProtocolError: It is not HTTP, or too large.
        """
        try:
            async with asyncio.timeout(self.limits.head_timeout_s):
                event = await client.read_event()
        except TimeoutError as exc:
            raise BadRequestError("head-timeout", status=408) from exc
        if not isinstance(event, h11.Request):
            raise ConnectionResetError
        return event

    def authenticate(self, request: h11.Request) -> LeaseState:
        """Find the account of a request's credential.

        Raises:
            UnauthorizedError: There is none.
        """
        try:
            return authenticate(request, self.lease_states)
        except UnauthorizedError:
            self.metrics.unauthorized += 1
            raise

    async def connect_upstream(self, target: Target, state: LeaseState) -> HttpReader:
        """Connect to a target, if the account and the policy allow it.

        Raises:
            RefusedError: They do not.
            UnreachableError: It has no address, or does not accept.
        """
        try:
            state.check_admission()
            async with state.lookups:
                route = await self.resolver.resolve(target)
            return await connect(route, partial(HttpReader, h11.CLIENT, self.limits.head_bytes), self.limits)
        except EgressRefusedError as refusal:
            state.record_blocked(target, refusal.code)
            raise
        except UnreachableError:
            self.metrics.unreachable += 1
            raise
