"""The gateway hub: holds all sessions and pushes each event to the sessions that may receive it.

It connects the state, which publishes events, with the connections, each of which serves one session.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.gateway.dispatch import Dispatch, to_dispatch
from boss_bot_sandbox.discord.gateway.protocol import Intent
from boss_bot_sandbox.discord.gateway.session import GatewaySession
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.state.permissions import channel_permissions
from boss_bot_sandbox.discord.wire.commands import application_flags
from boss_bot_sandbox.discord.wire.guilds import available_guild_json
from boss_bot_sandbox.discord.wire.users import own_user_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.events import Event
    from boss_bot_sandbox.discord.state.server_state import ServerState


class GatewayHub:
    """The gateway's sessions.

    Attributes:
        state: The state whose events are dispatched.
        url: The address of the gateway, also for resuming.
        sessions: The sessions by id.
        session_starts: The number of identify requests.
    """

    def __init__(self, state: ServerState) -> None:
        self.state = state
        self.url = ""
        self.sessions: dict[str, GatewaySession] = {}
        self.session_starts = 0
        state.log.add_listener(self._dispatch)

    def start_session(self, intents: Intent) -> GatewaySession:
        """Start a session with READY, followed by one dispatch per guild."""
        session = GatewaySession(secrets.token_hex(16), intents)
        self.session_starts += 1
        guilds = [one for one in self.state.guilds.values() if self.state.is_member(one.id, self.state.bot.id)]
        session.push(
            "READY",
            {
                "v": 10,
                "user": own_user_json(self.state.bot),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "application": {"id": str(self.state.bot.id), "flags": application_flags(self.state)},
            },
        )
        if intents & Intent.GUILDS:
            all_members = bool(intents & Intent.GUILD_MEMBERS and intents & Intent.GUILD_PRESENCES)
            for guild in [one for one in guilds if one.id not in self.state.unavailable]:
                session.push("GUILD_CREATE", available_guild_json(self.state, guild, all_members=all_members))
        self.sessions[session.id] = session
        return session

    def end_session(self, session: GatewaySession) -> None:
        """End a session, so that it cannot be resumed."""
        self.sessions.pop(session.id, None)

    def _dispatch(self, event: Event) -> None:
        if not self.sessions:
            return
        dispatch = to_dispatch(event, self.state)
        if dispatch is None or not self._is_visible(dispatch):
            return
        for session in self.sessions.values():
            if dispatch.intent and not dispatch.intent & session.intents:
                continue
            without = dispatch.data_without_content
            sees_content = without is None or session.intents & Intent.MESSAGE_CONTENT
            session.push(dispatch.name, dispatch.data if sees_content or without is None else without)

    def _is_visible(self, dispatch: Dispatch) -> bool:
        state = self.state
        if dispatch.guild_id is not None and not state.is_member(dispatch.guild_id, state.bot.id):
            return False
        if dispatch.channel_id is None:
            return True
        channel = state.channels.get(dispatch.channel_id)
        # Messages that are deleted together with their channel get no dispatch of their own.
        return channel is not None and bool(channel_permissions(state, channel, state.bot.id) & Permission.VIEW_CHANNEL)
