"""Values of the proxy: its limits, its counters, and the record of a refused request.

The limits protect the bot from its workers. They are not settings because an operator has no reason to change them; a
test has.
"""

import attrs

from boss_bot_core.errors.refusal import BYTE_CAP, TOO_MANY_CONNECTIONS


@attrs.frozen(kw_only=True)
class EgressLimits:
    """How much of the proxy one worker may use; times are in seconds.

    Attributes:
        connections_per_lease: Most open connections of one download; a further request gets status 503.
        connections_total: Most open connections of the proxy, unauthenticated ones included; a further one is aborted.
            Each takes two file descriptors.
        head_bytes: Largest size of a request's or response's head.
        head_timeout_s: Time in which a request's head has to be complete.
        lookup_timeout_s: Time in which a name has to resolve.
        connect_timeout_s: Time in which each address has to accept a connection.
        addresses_tried: How many of a host's addresses are tried, IPv4 and IPv6 in turn.
        idle_timeout_s: Time without any progress after which a connection is aborted. It is longer than a short pause
            (SIGSTOP), which keeps its connections.
        half_closed_timeout_s: The same, once the worker has finished sending.
        sweep_interval_s: Interval at which the two timeouts above are checked.
    """

    connections_per_lease: int = 32
    connections_total: int = 400
    head_bytes: int = 32 * 1024
    head_timeout_s: float = 10.0
    lookup_timeout_s: float = 10.0
    connect_timeout_s: float = 5.0
    addresses_tried: int = 4
    idle_timeout_s: float = 300.0
    half_closed_timeout_s: float = 10.0
    sweep_interval_s: float = 5.0


@attrs.define(kw_only=True)
class ProxyMetrics:
    """Counters since the proxy started; they never decrease.

    Attributes:
        bytes_down: Bytes read from hosts, TLS and HTTP heads included.
        bytes_up: Bytes sent to hosts.
        requests: Requests with a valid credential.
        unauthorized: Requests without a valid credential.
        refused: Requests that the policy, a cap or a limit refused.
        unreachable: Requests whose host could not be resolved or reached.
        capped_leases: Leases that exceeded their byte cap.
    """

    bytes_down: int = 0
    bytes_up: int = 0
    requests: int = 0
    unauthorized: int = 0
    refused: int = 0
    unreachable: int = 0
    capped_leases: int = 0


LIMIT_REASONS = frozenset({BYTE_CAP, TOO_MANY_CONNECTIONS})
"""The reasons of refusals that say nothing about the requested address."""


@attrs.frozen
class BlockedRequest:
    """A request that the proxy refused.

    Attributes:
        host: The requested host, lower-case.
        port: TCP port.
        reason: The address policy's reason, or ``port``, ``ambiguous-address``, ``byte-cap``, ``connections``.
    """

    host: str
    port: int
    reason: str
