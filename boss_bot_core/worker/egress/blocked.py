"""A request that the proxy turned away, as the runner reports it."""

import attrs


@attrs.frozen
class BlockedAttempt:
    """A request that was turned away.

    Attributes:
        host: The host that the worker asked for, lower-case.
        port: TCP port.
        reason: The address policy's reason, or ``port``, ``ambiguous-address``, ``byte-cap``, ``connections``.
    """

    host: str
    port: int
    reason: str
