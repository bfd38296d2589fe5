"""A real discord.py client beside the server under test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import discord
import pytest_asyncio
from discord.ext import commands

from boss_bot_sandbox.discord.pytest_plugin import discord_options, local_discord

if TYPE_CHECKING:
    from boss_bot_sandbox.discord import LocalDiscord

__all__ = ["discord_options", "local_discord"]

Connect = Callable[..., Awaitable["Client"]]


class Client(commands.Bot):
    """An ordinary bot that is in no hurry-inducing waits: no five seconds before it identifies again."""

    def __init__(self, **options: Any) -> None:
        intents = options.pop("intents", discord.Intents.all())
        options.setdefault("guild_ready_timeout", 0.1)
        super().__init__(command_prefix="$", intents=intents, max_ratelimit_timeout=None, **options)
        self.log: list[tuple[str, Any]] = []
        self.running: asyncio.Task[None] | None = None

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        return

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        self.log.append((event_name, args[0] if args else None))
        super().dispatch(event_name, *args, **kwargs)

    async def event_named(self, name: str, times: int = 1, timeout_s: float = 4.0) -> Any:
        """Wait until an event was dispatched that often, counting the past."""
        async with asyncio.timeout(timeout_s):
            while len(found := [value for event, value in self.log if event == name]) < times:
                await asyncio.sleep(0.005)
        return found[times - 1]


@pytest_asyncio.fixture
async def connect(local_discord: LocalDiscord) -> AsyncIterator[Connect]:
    """Return a function that logs a client in and waits until it is ready."""
    async with AsyncExitStack() as stack:

        async def start(client: Client | None = None, token: str | None = None, *, ready: bool = True) -> Client:
            client = client or Client()
            client.running = asyncio.create_task(client.start(token or local_discord.token))

            async def stop() -> None:
                await client.close()
                await asyncio.wait([client.running])

            stack.push_async_callback(stop)
            if ready:
                await client.event_named("ready")
            return client

        yield start


@pytest_asyncio.fixture
async def client(connect: Connect) -> Client:
    """A client that is ready and has all intents."""
    return await connect()
