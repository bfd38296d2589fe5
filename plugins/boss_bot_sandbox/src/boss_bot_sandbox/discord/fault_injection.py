"""The fault injection API: REST errors, rate limits, outages, expired interactions and gateway faults.

Gateway faults take effect immediately; REST faults wait in the fault plan for a matching request.
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
    from boss_bot_sandbox.discord.model.channels import Guild
    from boss_bot_sandbox.discord.state.server_state import ServerState


class GatewayFaultInjector:
    """Injects faults into the open gateway connections.

    Attributes:
        endpoint: The gateway endpoint, which holds the connections.
    """

    def __init__(self, endpoint: GatewayEndpoint) -> None:
        self.endpoint = endpoint

    def drop(self) -> None:
        """Reset all gateway connections; their sessions can be resumed."""
        self.endpoint.reset_all()
        self._publish_fault("connections cut")

    async def close(self, code: int = 4000, reason: str = "") -> None:
        """Close all gateway connections with a close code."""
        self._publish_fault(f"closed with {code}")
        await self.endpoint.close_all(code, reason)

    async def reconnect(self) -> None:
        """Ask all clients to reconnect and resume (opcode 7)."""
        self._publish_fault("reconnect asked for")
        await self.endpoint.send_all(Opcode.RECONNECT)

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Send "invalid session" to all clients (opcode 9); end the sessions unless they are resumable."""
        self._publish_fault("sessions invalidated")
        if not resumable:
            self.endpoint.hub.sessions.clear()
        await self.endpoint.send_all(Opcode.INVALID_SESSION, data=resumable)

    def withhold(self, guild: Guild) -> None:
        """Keep a guild unavailable for sessions that start from now on, as in an outage of a part of Discord."""
        self.endpoint.hub.state.unavailable.add(guild.id)
        self._publish_fault(f"guild {guild.id} unavailable")

    def _publish_fault(self, what: str) -> None:
        self.endpoint.hub.state.publish(FaultHappened(what, "gateway"))


SEND = "POST /channels/*/messages"
EDIT = "PATCH /channels/*/messages/*"


class FaultInjector:
    """Injects faults into one local Discord.

    Attributes:
        plan: The pending faults of REST requests.
        gateway: Injects faults into the gateway.
    """

    def __init__(self, state: ServerState, plan: FaultPlan, gateway: GatewayEndpoint) -> None:
        self._state = state
        self.gateway = GatewayFaultInjector(gateway)
        self.plan = plan

    def rate_limit(
        self, route: str = "**", retry_after_s: float = 0.2, *, everywhere: bool = False, count: int | None = 1
    ) -> None:
        """Answer with 429; ``everywhere`` reports the global rate limit."""
        self.plan.add(Fault(effect=Limited(retry_after_s, everywhere), route=route, count=count))

    def error(self, status: int = 502, route: str = "**", *, applied: bool = False, count: int | None = 1) -> None:
        """Answer with an error page; ``applied`` lets the request take effect first."""
        self.plan.add(Fault(effect=Status(status), route=route, count=count, applied=applied))

    def reset(self, route: str = "**", *, applied: bool = False, count: int | None = 1) -> None:
        """Reset the connection; ``applied`` lets the request take effect first."""
        self.plan.add(Fault(effect=Reset(), route=route, count=count, applied=applied))

    def slow(self, delay_s: float, route: str = "**", *, applied: bool = False, count: int | None = 1) -> None:
        """Delay the response; ``applied`` lets the request take effect before the delay."""
        self.plan.add(Fault(effect=Delay(delay_s), route=route, count=count, applied=applied))

    def too_large(
        self, variant: TooLargeVariant = TooLargeVariant.JSON, route: str = SEND, *, count: int | None = 1
    ) -> None:
        """Answer with 413, regardless of the size."""
        self.plan.add(Fault(effect=Refused(variant), route=route, count=count))

    def outage(self, duration_s: float) -> None:
        """Make REST and gateway unreachable for a time: reset the open connections and every new one."""
        self.plan.begin_outage(duration_s)
        self.gateway.endpoint.reset_all()
        self._state.publish(FaultHappened(f"outage of {duration_s} s", "everywhere"))

    def expire_interactions(self) -> None:
        """Let the tokens of all interactions expire now, as they do after 15 minutes."""
        life_s = self._state.options.interaction_life_s
        for token, interaction in self._state.interactions.items():
            self._state.interactions[token] = attrs.evolve(interaction, started_s=interaction.started_s - life_s)

    def clear(self) -> None:
        """Remove all pending faults and end an outage."""
        self.plan.clear()
