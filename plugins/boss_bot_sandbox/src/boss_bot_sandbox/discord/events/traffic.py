"""Events of the two sockets: requests, gateway connections, faults on purpose.

No token ever appears in them: transcripts end up in test reports and on the page.
"""

from __future__ import annotations

import attrs

from boss_bot_sandbox.discord.events.base import Event


@attrs.frozen
class RequestServed(Event):
    """A REST request was answered or cut off.

    Attributes:
        path: Without the API's prefix; interaction tokens are replaced.
        status: The HTTP status; None when the connection was reset.
        took_s: Seconds from the request's first byte to its answer.
    """

    method: str
    path: str
    status: int | None
    took_s: float


@attrs.frozen
class GatewayOpened(Event):
    """A client connected; it has not identified yet."""

    connection: int
    compression: str | None


@attrs.frozen
class GatewayIdentified(Event):
    """A client started a new session."""

    session_id: str
    intents: int


@attrs.frozen
class GatewayResumed(Event):
    """A client took up its session again.

    Attributes:
        replayed: How many missed dispatches it was sent.
    """

    session_id: str
    replayed: int


@attrs.frozen
class GatewayRefused(Event):
    """A client was sent away with a close code, for instance 4004 or 4014."""

    code: int
    reason: str


@attrs.frozen
class GatewayClosed(Event):
    """A gateway connection ended.

    Attributes:
        code: The close code; None when the connection was cut.
    """

    connection: int
    code: int | None


@attrs.frozen
class PresenceChanged(Event):
    """The bot set its status."""

    status: str
    activity: str | None


@attrs.frozen
class FaultHappened(Event):
    """A fault ordered by a test or by the page took effect.

    Attributes:
        what: The fault in words.
        where: The request it hit, or "gateway".
    """

    what: str
    where: str
