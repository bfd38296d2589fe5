"""Handles the frames of a gateway client by opcode: identify, resume, heartbeat, presence and member requests.

It contains the rules of the protocol; the connection contains the input and output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.events import GatewayIdentified, GatewayResumed, PresenceChanged
from boss_bot_sandbox.discord.gateway.connection import GatewayClosedError, GatewayConnection
from boss_bot_sandbox.discord.gateway.member_chunks import send_member_chunks
from boss_bot_sandbox.discord.gateway.protocol import HIGHEST_INTENTS, PRIVILEGED, CloseCode, Intent, Opcode

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from boss_bot_sandbox.discord.gateway.hub import GatewayHub
    from boss_bot_sandbox.discord.gateway.session import GatewaySession
    from boss_bot_sandbox.discord.jsontypes import JsonObject


class FrameHandler:
    """Handles the frames of one client from "hello" to its disconnection."""

    def __init__(
        self, hub: GatewayHub, connection: GatewayConnection, on_resume: Callable[[GatewayConnection], Awaitable[None]]
    ) -> None:
        self._hub = hub
        self._connection = connection
        self._on_resume = on_resume
        self._interval_s = hub.state.options.heartbeat_interval_s

    async def run(self) -> None:
        """Handle frames until the client disconnects.

        Raises:
            GatewayClosedError: The client violated the protocol and must be closed.
        """
        await self._connection.send(Opcode.HELLO, {"heartbeat_interval": int(self._interval_s * 1000), "_trace": []})
        # Discord tolerates one missed heartbeat.
        while (frame := await self._connection.receive(self._interval_s * 2)) is not None:
            await self._handle(frame)

    async def _handle(self, frame: JsonObject) -> None:
        data = frame.get("d")
        match frame.get("op"):
            case Opcode.HEARTBEAT:
                await self._connection.send(Opcode.HEARTBEAT_ACK)
            case Opcode.IDENTIFY if isinstance(data, dict):
                self._identify(data)
            case Opcode.RESUME if isinstance(data, dict):
                await self._resume(data)
            case Opcode.PRESENCE_UPDATE if isinstance(data, dict):
                self._require_session()
                self._publish_presence(data)
            case Opcode.VOICE_STATE_UPDATE:
                self._require_session()
            case Opcode.REQUEST_GUILD_MEMBERS if isinstance(data, dict):
                send_member_chunks(self._hub.state, self._require_session(), data)
            case _:
                raise GatewayClosedError(CloseCode.UNKNOWN_OPCODE, "Unknown opcode.")

    def _identify(self, data: JsonObject) -> None:
        if self._connection.session is not None:
            raise GatewayClosedError(CloseCode.ALREADY_AUTHENTICATED, "Already authenticated.")
        self._authenticate(data)
        wanted = int(data.get("intents", 0))
        if not 0 <= wanted < HIGHEST_INTENTS:
            raise GatewayClosedError(CloseCode.INVALID_INTENTS, "Invalid intent(s).")
        for intent, switch in PRIVILEGED.items():
            if wanted & intent and switch not in self._hub.state.options.portal_intents:
                raise GatewayClosedError(CloseCode.DISALLOWED_INTENTS, "Disallowed intent(s).")
        session = self._hub.start_session(Intent(wanted))
        self._hub.state.publish(GatewayIdentified(session.id, wanted))
        self._connection.serve(session, 0)
        if isinstance(data.get("presence"), dict):
            self._publish_presence(data["presence"])

    async def _resume(self, data: JsonObject) -> None:
        self._authenticate(data)
        session = self._hub.sessions.get(str(data.get("session_id")))
        seen = int(data.get("seq") or 0)
        if session is None or session.has_discarded(seen):
            await self._connection.send(Opcode.INVALID_SESSION, data=False)
            return
        if seen > session.sequence:
            raise GatewayClosedError(CloseCode.INVALID_SEQUENCE, "Invalid seq.")
        missed = session.sequence - seen
        session.push("RESUMED", {"_trace": []})
        self._connection.serve(session, seen)
        await self._on_resume(self._connection)
        self._hub.state.publish(GatewayResumed(session.id, missed))

    def _authenticate(self, data: JsonObject) -> None:
        if str(data.get("token", "")).removeprefix("Bot ") != self._hub.state.options.token:
            raise GatewayClosedError(CloseCode.AUTHENTICATION_FAILED, "Authentication failed.")

    def _require_session(self) -> GatewaySession:
        if self._connection.session is None:
            raise GatewayClosedError(CloseCode.NOT_AUTHENTICATED, "Not authenticated.")
        return self._connection.session

    def _publish_presence(self, data: JsonObject) -> None:
        activities = data.get("activities") or ([data["game"]] if data.get("game") else [])
        name = activities[0].get("name") if activities else None
        self._hub.state.publish(PresenceChanged(str(data.get("status") or "online"), name))
