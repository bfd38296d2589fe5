"""Events of the network traffic: REST requests, gateway connections and injected faults.

They never contain a token, because the event log appears in test reports and on the web page.
"""

from __future__ import annotations

import attrs

from boss_bot_sandbox.discord.events.base import Event


@attrs.frozen
class RequestServed(Event):
    """A REST request was answered, or its connection was reset.

    Attributes:
        path: The path without the prefix of the API; interaction tokens are replaced.
        status: The HTTP status; None when the connection was reset.
        took_s: Seconds from the start of the request to its response.
    """

    method: str
    path: str
    status: int | None
    took_s: float


@attrs.frozen
class GatewayOpened(Event):
    """A client connected and has not identified yet."""

    connection: int
    compression: str | None


@attrs.frozen
class GatewayIdentified(Event):
    """A client started a new session."""

    session_id: str
    intents: int


@attrs.frozen
class GatewayResumed(Event):
    """A client resumed its session.

    Attributes:
        replayed: The number of missed dispatches that were sent.
    """

    session_id: str
    replayed: int


@attrs.frozen
class GatewayRefused(Event):
    """A client was closed with an error code, such as 4004 or 4014."""

    code: int
    reason: str


@attrs.frozen
class GatewayClosed(Event):
    """A gateway connection ended.

    Attributes:
        code: The close code; None when the connection was reset.
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
    """An injected fault took effect.

    Attributes:
        what: A description of the fault.
        where: The request that it applied to, or "gateway".
    """

    what: str
    where: str
