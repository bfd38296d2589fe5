"""The proxy's own limits, which protect the bot from its workers.

They are one value, apart from the settings, because an operator has no reason to change them and a test has.

What the proxy has done altogether, for metrics.
A request that the proxy turned away, as the runner reports it.
"""

import attrs


@attrs.frozen(kw_only=True)
class EgressLimits:
    """How much one worker may ask of the proxy.

    Attributes:
        connections_per_lease: Open connections of one download; another is answered with 503.
        connections_total: Open connections altogether, also of strangers; another is dropped. Each takes two file
            descriptors.
        head_bytes: Size of a request's or response's head.
        head_timeout_s: Time in which a request's head has to be complete.
        lookup_timeout_s: Time for a name to resolve.
        connect_timeout_s: Time for each address to accept.
        addresses_tried: How many of a host's addresses are tried, IPv4 and IPv6 in turn.
        idle_timeout_s: Time without any progress after which a connection is dropped. It is longer than a short pause
            (SIGSTOP), which keeps its connections.
        half_closed_timeout_s: The same, once the worker has finished sending.
        sweep_interval_s: How often the two are looked at.
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
    """Counters since the proxy started; they only grow.

    Attributes:
        bytes_down: Bytes read from hosts, TLS and HTTP heads included.
        bytes_up: Bytes sent to hosts.
        requests: Requests with a valid credential.
        unauthorized: Requests without one.
        refused: Requests that the policy, a cap or a limit turned away.
        unreachable: Requests whose host could not be resolved or reached.
        capped_leases: Leases that met their byte cap.
    """

    bytes_down: int = 0
    bytes_up: int = 0
    requests: int = 0
    unauthorized: int = 0
    refused: int = 0
    unreachable: int = 0
    capped_leases: int = 0


@attrs.frozen
class BlockedRequest:
    """A request that was turned away.

    Attributes:
        host: The host that the worker asked for, lower-case.
        port: TCP port.
        reason: The address policy's reason, or ``port``, ``ambiguous-address``, ``byte-cap``, ``connections``.
    """

    host: str
    port: int
    reason: str
