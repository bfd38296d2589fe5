"""The queries of the control API: the state, the messages of a channel, and the event log.

They change nothing, so the page can repeat them at any time.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode, web

from boss_bot_sandbox.discord.rest.responses import json_response
from boss_bot_sandbox.discord.state.permissions import upload_limit_bytes
from boss_bot_sandbox.discord.user_client.lookup import find_channel, find_user
from boss_bot_sandbox.discord.wire.events import entry_json, observer_message_json
from boss_bot_sandbox.discord.wire.guilds import channel_json, guild_json
from boss_bot_sandbox.discord.wire.users import user_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.channels import Guild
    from boss_bot_sandbox.discord.state.server_state import ServerState

_LARGEST_FRAME = 1024


class QueryHandlers:
    """The handlers of requests that only read."""

    def __init__(self, state: ServerState) -> None:
        self._state = state
        self._sockets: set[web.WebSocketResponse] = set()

    def routes(self) -> list[web.RouteDef]:
        """Return the routes, relative to ``CONTROL_PATH``."""
        return [
            web.get("/state", self.state),
            web.get("/channels/{channel}/messages", self.messages),
            web.get("/transcript", self.transcript),
            web.get("/events", self.events),
        ]

    async def state(self, _: web.Request) -> web.Response:
        """GET the users, guilds and channels, and the number of log entries."""
        state = self._state
        direct = [one for one in state.channels.values() if one.guild_id is None]
        return json_response(
            {
                "bot": user_json(state.bot),
                "owner": user_json(state.owner),
                "users": [user_json(user) for user in state.users.values()],
                "guilds": [self._guild(guild) for guild in state.guilds.values()],
                "direct_channels": [channel_json(state, one) for one in direct],
                "events": len(state.log.entries),
            }
        )

    async def messages(self, request: web.Request) -> web.Response:
        """GET the messages of a channel, oldest first; a ``viewer`` does not see other users' ephemeral messages."""
        viewer = find_user(self._state, request.query["viewer"]).id if "viewer" in request.query else None
        channel = find_channel(self._state, request.match_info["channel"], viewer)
        return json_response([observer_message_json(self._state, one) for one in channel.messages])

    async def transcript(self, request: web.Request) -> web.Response:
        """GET the entries of the event log from number ``start`` on."""
        start = int(request.query.get("start", 0))
        return json_response([entry_json(self._state, one) for one in self._state.log.entries[start:]])

    async def events(self, request: web.Request) -> web.WebSocketResponse:
        """Send log entries over a WebSocket, from number ``start`` on or only new ones.

        A client that names the ``bot`` of another sandbox gets 409: entries are counted anew in each sandbox.
        """
        own = str(self._state.bot.id)
        if request.query.get("bot", own) != own:
            raise web.HTTPConflict(text="This is another sandbox, whose entries are counted anew.")
        socket = web.WebSocketResponse(heartbeat=30, max_msg_size=_LARGEST_FRAME)
        await socket.prepare(request)
        start = int(request.query["start"]) if "start" in request.query else None
        self._sockets.add(socket)
        sending = asyncio.create_task(self._send(socket, start))
        try:
            # The client sends nothing, but its close frame must be read.
            async for _ in socket:
                pass
        finally:
            sending.cancel()
            self._sockets.discard(socket)
        return socket

    async def close(self, _: web.Application) -> None:
        """Close all WebSockets at the shutdown of the server."""
        for socket in list(self._sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    async def _send(self, socket: web.WebSocketResponse, start: int | None) -> None:
        try:
            async for entry in self._state.log.follow(start):
                await socket.send_json(entry_json(self._state, entry))
        except ConnectionError:
            return  # The client has disconnected.

    def _guild(self, guild: Guild) -> JsonObject:
        state = self._state
        channels = [one for one in state.channels.values() if one.guild_id == guild.id]
        return guild_json(state, guild) | {
            "channels": [channel_json(state, one) for one in channels],
            "members": [
                {"user_id": str(one.user_id), "nick": one.nick, "roles": [str(role) for role in one.role_ids]}
                for one in state.members.get(guild.id, {}).values()
            ],
            "upload_limit_bytes": upload_limit_bytes(state, guild.id),
            "has_bot": state.is_member(guild.id, state.bot.id),
        }
