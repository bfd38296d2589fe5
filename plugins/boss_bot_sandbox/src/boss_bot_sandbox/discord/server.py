"""The local Discord as one object: it owns the state and the HTTP server, and gives access to all their parts."""

from __future__ import annotations

import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from boss_bot_sandbox.discord.administrator import Administrator
from boss_bot_sandbox.discord.control.application import CONTROL_PATH, ControlApi
from boss_bot_sandbox.discord.events import Event
from boss_bot_sandbox.discord.fault_injection import FaultInjector
from boss_bot_sandbox.discord.faults import FaultPlan
from boss_bot_sandbox.discord.gateway.endpoint import GatewayEndpoint
from boss_bot_sandbox.discord.gateway.hub import GatewayHub
from boss_bot_sandbox.discord.http_server import GATEWAY_PATH, HOST, build_application, serve_on_loopback
from boss_bot_sandbox.discord.options import Options
from boss_bot_sandbox.discord.rest.request import PREFIX
from boss_bot_sandbox.discord.seeder import Seeder
from boss_bot_sandbox.discord.state.event_log import WAIT_TIMEOUT_S, EventFilter
from boss_bot_sandbox.discord.state.server_state import ServerState
from boss_bot_sandbox.discord.user_client.lookup import find_channel, find_guild, find_user

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from aiohttp import web

    from boss_bot_sandbox.discord.events import LogEntry
    from boss_bot_sandbox.discord.model.channels import Guild
    from boss_bot_sandbox.discord.user_client.channel_observer import ChannelObserver
    from boss_bot_sandbox.discord.user_client.client import UserClient

E = TypeVar("E", bound=Event)


class LocalDiscord:
    """A Discord on loopback for one bot; an async context manager.

    Attributes:
        state: All data of the server.
        token: The token of the bot.
        transcript: The entries of the event log, oldest first; the list grows.
        seed: Creates guilds, channels, roles and users, also while the server runs.
        admin: Changes guilds and channels, permissions and boosts.
        faults: Injects faults.
        gateway: The open gateway connections.
        rest_url: The value for ``discord.http.Route.BASE``.
        gateway_url: The value for ``discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY``.
        cdn_url: The value for ``discord.asset.Asset.BASE``.
        control_url: The base address of the control API.
    """

    def __init__(
        self,
        options: Options | None = None,
        *,
        seeded: bool = True,
        port: int = 0,
        routes: Iterable[web.AbstractRouteDef] = (),
        expand_text: Callable[[str], str] = str,
    ) -> None:
        """Prepare a server; port 0 takes a free one. ``expand_text`` expands the texts of the control API's actions."""
        self._routes, self._expand_text = routes, expand_text
        self._stack = AsyncExitStack()
        self._port = port
        self.state = ServerState(options=options or Options())
        self.token = self.state.options.token
        self.transcript: list[LogEntry] = self.state.log.entries
        self.seed = Seeder(self.state)
        self.gateway = GatewayEndpoint(GatewayHub(self.state))
        self.admin = Administrator(self.state)
        self.faults = FaultInjector(self.state, FaultPlan(), self.gateway)
        self.rest_url = self.gateway_url = self.cdn_url = self.control_url = ""
        if seeded:
            self.seed.standard()

    async def __aenter__(self) -> Self:
        """Start the HTTP server."""
        folder = tempfile.TemporaryDirectory(prefix="local-discord-")
        self.state.directory = Path(self._stack.enter_context(folder))
        control = ControlApi(self.state, self.seed, self.admin, self.faults, self._expand_text)
        application = build_application(self.gateway, self.faults.plan, control.application(), self._routes)
        port = await self._stack.enter_async_context(serve_on_loopback(application, self._port))
        self.cdn_url = self.state.cdn_url = f"http://{HOST}:{port}"
        self.rest_url = self.cdn_url + PREFIX
        self.control_url = self.cdn_url + CONTROL_PATH
        self.gateway_url = self.gateway.hub.url = f"ws://{HOST}:{port}{GATEWAY_PATH}/"
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Stop the HTTP server and delete the uploaded files."""
        await self._stack.aclose()

    def user(self, name: str) -> UserClient:
        """Return a user by username or id; raises ``LookupError`` when there is none."""
        return find_user(self.state, name)

    def channel(self, name: str) -> ChannelObserver:
        """Return a channel by name or id, with all its messages; raises ``LookupError`` when there is none."""
        return find_channel(self.state, name)

    def guild(self, name: str = "Sandbox") -> Guild:
        """Return a guild by name or id; raises ``LookupError`` when there is none."""
        return find_guild(self.state, name)

    def subscribe(self, start: int | None = None) -> AsyncIterator[LogEntry]:
        """Yield log entries as they are written, without end; ``start`` 0 begins with the first entry."""
        return self.state.log.follow(start)

    async def wait_for(
        self,
        kind: type[E],
        wanted: EventFilter[E] | None = None,
        timeout_s: float = WAIT_TIMEOUT_S,
        start: int | None = None,
    ) -> E:
        """Return the next event of a type that ``wanted`` accepts; ``start`` 0 includes past events."""
        return await self.state.log.wait_for(kind, wanted, timeout_s=timeout_s, start=start)
