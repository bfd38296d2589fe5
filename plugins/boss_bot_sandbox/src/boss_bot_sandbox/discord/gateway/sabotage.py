"""Faults of the gateway, in the words of a test.

They happen at once, unlike those of REST, which wait for a request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.events import FaultHappened
from boss_bot_sandbox.discord.gateway.protocol import Opcode

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.gateway.endpoint import GatewayEndpoint


class GatewaySabotage:
    """What may go wrong with open gateway connections.

    Attributes:
        endpoint: The connections.
    """

    def __init__(self, endpoint: GatewayEndpoint) -> None:
        self.endpoint = endpoint

    def drop(self) -> None:
        """Cut the gateway's connections; sessions can be resumed."""
        self.endpoint.cut()
        self._told("connections cut")

    async def close(self, code: int = 4000, reason: str = "") -> None:
        """Close the gateway's connections with a code."""
        self._told(f"closed with {code}")
        await self.endpoint.close_all(code, reason)

    async def reconnect(self) -> None:
        """Ask clients to reconnect and resume (opcode 7)."""
        self._told("reconnect asked for")
        await self.endpoint.send_all(Opcode.RECONNECT)

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Tell clients that their session is invalid (opcode 9), and mean it unless it is resumable."""
        self._told("sessions invalidated")
        if not resumable:
            self.endpoint.hub.sessions.clear()
        await self.endpoint.send_all(Opcode.INVALID_SESSION, data=resumable)

    def _told(self, what: str) -> None:
        self.endpoint.hub.world.publish(FaultHappened(what, "gateway"))
