"""Faults of the gateway, in the words of a test.

They happen at once, unlike those of REST, which wait for a request.

Everything that may be broken on purpose, in the words of a test.

It exists apart from the plan of faults because tests say it in one line, and some of it is not about requests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.events import FaultHappened
from boss_bot_sandbox.discord.faults import Delay, Fault, FaultPlan, Limited, Refused, Reset, Status
from boss_bot_sandbox.discord.gateway.protocol import Opcode
from boss_bot_sandbox.discord.options import TooLargeVariant

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.gateway.endpoint import GatewayEndpoint
    from boss_bot_sandbox.discord.state.server_state import ServerState


class GatewayFaultInjector:
    """What may go wrong with open gateway connections.

    Attributes:
        endpoint: The connections.
    """

    def __init__(self, endpoint: GatewayEndpoint) -> None:
        self.endpoint = endpoint

    def drop(self) -> None:
        """Cut the gateway's connections; sessions can be resumed."""
        self.endpoint.reset_all()
        self._publish_fault("connections cut")

    async def close(self, code: int = 4000, reason: str = "") -> None:
        """Close the gateway's connections with a code."""
        self._publish_fault(f"closed with {code}")
        await self.endpoint.close_all(code, reason)

    async def reconnect(self) -> None:
        """Ask clients to reconnect and resume (opcode 7)."""
        self._publish_fault("reconnect asked for")
        await self.endpoint.send_all(Opcode.RECONNECT)

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Tell clients that their session is invalid (opcode 9), and mean it unless it is resumable."""
        self._publish_fault("sessions invalidated")
        if not resumable:
            self.endpoint.hub.sessions.clear()
        await self.endpoint.send_all(Opcode.INVALID_SESSION, data=resumable)

    def _publish_fault(self, what: str) -> None:
        self.endpoint.hub.state.publish(FaultHappened(what, "gateway"))


SEND = "POST /channels/*/messages"
EDIT = "PATCH /channels/*/messages/*"


class FaultInjector:
    """The fault API of one local Discord.

    Attributes:
        plan: The pending faults of REST requests.
        gateway: Faults of the gateway.
    """

    def __init__(self, state: ServerState, plan: FaultPlan, gateway: GatewayEndpoint) -> None:
        self._state = state
        self.gateway = GatewayFaultInjector(gateway)
        self.plan = plan

    def rate_limit(
        self, route: str = "**", retry_after_s: float = 0.2, *, everywhere: bool = False, count: int | None = 1
    ) -> None:
        """Answer 429; ``everywhere`` claims the global limit."""
        self.plan.add(Fault(effect=Limited(retry_after_s, everywhere), route=route, count=count))

    def error(self, status: int = 502, route: str = "**", *, applied: bool = False, count: int | None = 1) -> None:
        """Answer with an error page; ``applied`` lets the request take effect first."""
        self.plan.add(Fault(effect=Status(status), route=route, count=count, applied=applied))

    def reset(self, route: str = "**", *, applied: bool = False, count: int | None = 1) -> None:
        """Cut the connection; ``applied`` lets the request take effect first."""
        self.plan.add(Fault(effect=Reset(), route=route, count=count, applied=applied))

    def slow(self, delay_s: float, route: str = "**", *, applied: bool = False, count: int | None = 1) -> None:
        """Answer late; ``applied`` lets the request take effect at once."""
        self.plan.add(Fault(effect=Delay(delay_s), route=route, count=count, applied=applied))

    def too_large(
        self, variant: TooLargeVariant = TooLargeVariant.JSON, route: str = SEND, *, count: int | None = 1
    ) -> None:
        """Answer 413, whatever the size."""
        self.plan.add(Fault(effect=Refused(variant), route=route, count=count))

    def outage(self, duration_s: float) -> None:
        """Make REST and gateway unreachable for a while: connections are reset, open ones are cut."""
        self.plan.begin_outage(duration_s)
        self.gateway.endpoint.reset_all()
        self._state.publish(FaultHappened(f"outage of {duration_s} s", "everywhere"))

    def expire_interactions(self) -> None:
        """Let all interaction tokens run out now, as after 15 minutes."""
        life_s = self._state.options.interaction_life_s
        for token, interaction in self._state.interactions.items():
            self._state.interactions[token] = attrs.evolve(interaction, started_s=interaction.started_s - life_s)

    def clear(self) -> None:
        """Forget everything pending and end an outage."""
        self.plan.clear()
