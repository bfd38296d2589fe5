"""`ProxyContext`: what all connections of a proxy share, and the steps that update its counters."""

import asyncio
from functools import partial
from itertools import zip_longest

import attrs
import h11

from boss_bot_core.egress._byte_meters import SharedBuffer
from boss_bot_core.egress._http_reader import HttpReader
from boss_bot_core.egress._lease_state import LeaseState
from boss_bot_core.egress._rate_limiter import RateLimiter
from boss_bot_core.egress._target import Target
from boss_bot_core.egress.errors import BadRequestError, EgressRefusedError, UnauthorizedError, UnreachableError
from boss_bot_core.egress.lease import find_lease_state
from boss_bot_core.egress.model import EgressLimits, ProxyMetrics
from boss_bot_core.egress.resolver import ResolvedTarget, Resolver
from boss_bot_core.errors import find_machine_error


@attrs.frozen(kw_only=True)
class ProxyContext:
    """The state that all connections of one proxy share.

    Attributes:
        limits: The proxy's limits.
        resolver: Checks and resolves targets.
        rate_limiter: Applies the rate of each download and the global rate.
        metrics: Counters since the proxy started.
        lease_states: State of the open leases, by secret.
        buffer: The read buffer of all relays.
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
            BadRequestError: The head was not complete in time.
            ConnectionResetError: The client closed the connection.
            h11.RemoteProtocolError: The head is not HTTP, or too large.
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
        """Find the lease of a request's credential.

        Raises:
            UnauthorizedError: No open lease has this credential.
        """
        try:
            return find_lease_state(request, self.lease_states)
        except UnauthorizedError:
            self.metrics.unauthorized += 1
            raise

    async def connect_upstream(self, target: Target, state: LeaseState) -> HttpReader:
        """Connect to a target if the lease and the address policy allow it.

        Raises:
            EgressRefusedError: The lease or the policy refuses the target.
            UnreachableError: The host has no address, or accepts no connection.
        """
        try:
            state.check_admission()
            async with state.lookups:
                resolved = await self.resolver.resolve(target)
            return await _connect_to_first(resolved, self.limits)
        except EgressRefusedError as refusal:
            state.record_blocked(target, refusal.code)
            raise
        except UnreachableError as error:
            self.metrics.unreachable += 1
            state.machine_error = find_machine_error(error.__cause__)
            raise


async def _connect_to_first(resolved: ResolvedTarget, limits: EgressLimits) -> HttpReader:
    """Connect to the first address that accepts.

    Raises:
        UnreachableError: ``connect-timeout`` if the last address did not answer in time, else ``connect-failed``.
    """
    loop = asyncio.get_running_loop()
    protocol = partial(HttpReader, h11.CLIENT, limits.head_bytes)
    last_error: OSError | None = None
    for literal in _alternate_families(resolved.literals)[: limits.addresses_tried]:
        try:
            async with asyncio.timeout(limits.connect_timeout_s):
                _, reader = await loop.create_connection(protocol, literal, resolved.port)
        except OSError as exc:
            last_error = exc
        else:
            return reader
    code = "connect-timeout" if isinstance(last_error, TimeoutError) else "connect-failed"
    raise UnreachableError(code) from last_error


def _alternate_families(literals: tuple[str, ...]) -> list[str]:
    """Alternate the address families, the preferred one first: a machine may have only one of them that works."""
    is_v6 = [":" in literal for literal in literals]
    preferred = [literal for literal, v6 in zip(literals, is_v6, strict=True) if v6 == is_v6[0]]
    others = [literal for literal, v6 in zip(literals, is_v6, strict=True) if v6 != is_v6[0]]
    return [literal for pair in zip_longest(preferred, others) for literal in pair if literal is not None]
