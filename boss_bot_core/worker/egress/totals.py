"""What the proxy has done altogether, for metrics."""

import attrs


@attrs.define(kw_only=True)
class EgressTotals:
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
