"""The proxy's own limits, which protect the bot from its workers.

They are one value, apart from the settings, because an operator has no reason to change them and a test has.
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
