"""The local Discord: one object, one port, one world.

Everything a test or the page needs is reached from here; nothing here knows how any of it works.
"""

from __future__ import annotations

import secrets
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from aiohttp import web

from boss_bot_sandbox.discord.administration import Administration
from boss_bot_sandbox.discord.cdn import Cdn
from boss_bot_sandbox.discord.faults import FaultPlan
from boss_bot_sandbox.discord.gateway.endpoint import GatewayEndpoint
from boss_bot_sandbox.discord.gateway.hub import GatewayHub
from boss_bot_sandbox.discord.human.channel import ChannelView
from boss_bot_sandbox.discord.human.user import HumanUser
from boss_bot_sandbox.discord.listening import HOST, listening, outage_middleware
from boss_bot_sandbox.discord.options import Options
from boss_bot_sandbox.discord.rest.application import rest_application
from boss_bot_sandbox.discord.rest.context import PREFIX
from boss_bot_sandbox.discord.sabotage import Sabotage
from boss_bot_sandbox.discord.seeding import Seeder
from boss_bot_sandbox.discord.world.state import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import TracebackType

    from boss_bot_sandbox.discord.events import Entry

_GATEWAY = "/gateway"


class LocalDiscord:
    """A Discord on loopback, for one bot; an async context manager.

    Attributes:
        world: The state.
        seed: Makes guilds, channels, roles and people; also while it runs.
        admin: Changes guilds and channels, rights and boosts.
        faults: Breaks things on purpose.
        gateway: The open gateway connections.
        rest_url: For ``discord.http.Route.BASE``.
        gateway_url: For ``discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY``.
        cdn_url: For ``discord.asset.Asset.BASE``.
    """

    def __init__(self, options: Options | None = None, *, seeded: bool = True, port: int = 0) -> None:
        """Prepare a server; ``seeded`` makes the standard guild, port 0 takes a free one."""
        options = options or Options()
        self._stack = AsyncExitStack()
        self._port = port
        directory = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="local-discord-")))
        self.world = World(options=options, directory=directory, token=options.token or _made_up_token())
        self.seed = Seeder(self.world)
        self.gateway = GatewayEndpoint(GatewayHub(self.world))
        self.admin = Administration(self.world)
        self.faults = Sabotage(self.world, FaultPlan(), self.gateway)
        self.rest_url = self.gateway_url = self.cdn_url = ""
        if seeded:
            self.seed.standard()

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.token

    @property
    def transcript(self) -> list[Entry]:
        """Everything that happened, oldest first."""
        return self.world.log.entries

    async def __aenter__(self) -> Self:
        """Begin to listen."""
        port = await self._stack.enter_async_context(listening(self._application(), self._port, self._close_gateway))
        self.cdn_url = self.world.cdn_url = f"http://{HOST}:{port}"
        self.rest_url = self.cdn_url + PREFIX
        self.gateway_url = self.gateway.hub.url = f"ws://{HOST}:{port}{_GATEWAY}/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close everything and remove the files."""
        await self._stack.__aexit__(kind, error, trace)

    def user(self, username: str) -> HumanUser:
        """Return a person by name."""
        return HumanUser(self.world, next(one.id for one in self.world.users.values() if one.username == username))

    def channel(self, name: str) -> ChannelView:
        """Return a channel by name, with everything that happens in it."""
        return ChannelView(self.world, next(one.id for one in self.world.channels.values() if one.name == name))

    def subscribe(self, start: int | None = None) -> AsyncIterator[Entry]:
        """Yield events as they happen, without end; ``start`` 0 begins with the first there ever was."""
        return self.world.log.follow(start)

    def _application(self) -> web.Application:
        plan = self.faults.plan
        root = web.Application(middlewares=[outage_middleware(plan, PREFIX, _GATEWAY)])
        root.add_subapp(PREFIX, rest_application(self.gateway.hub, plan))
        root.router.add_get(_GATEWAY + "/", self.gateway.handle)
        root.add_routes(Cdn(self.world).routes())
        return root

    async def _close_gateway(self) -> None:
        await self.gateway.close_all(1001, "Going away")


def _made_up_token() -> str:
    # Three parts, because clients and secret scanners expect a bot token to look like that.
    return ".".join(secrets.token_urlsafe(size) for size in (18, 5, 28))
