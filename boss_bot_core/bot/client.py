"""The Discord client of the bot: its intents and defaults, and its life from login to close."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any, cast

import discord
from discord import app_commands
from discord.backoff import ExponentialBackoff
from discord.ext import commands

from boss_bot_core.app.app import App
from boss_bot_core.bot import application
from boss_bot_core.bot.command_translator import CommandTranslator
from boss_bot_core.bot.controls.service import ControlService
from boss_bot_core.bot.errors.handler import ErrorHandler
from boss_bot_core.bot.metrics import BotMetrics
from boss_bot_core.bot.typed_commands import TypedCommandBot
from boss_bot_core.settings import Settings

# This bot does not use voice; the library's warnings about it would mislead the operator.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


class BossBot(TypedCommandBot):
    """The bot. It opens its app once, after the login, however often it reconnects.

    Attributes:
        settings: The settings that it is built from.
        metrics: Counters of its connections and commands.
        errors: Answers every exception of a command.
        controls: Performs what buttons and reactions request.
        app: The open app.
    """

    controls: ControlService
    app: App

    def __init__(self, settings: Settings, wire: "WireBot", *, message_content: bool = True) -> None:
        prefix = settings.bot.command_prefix
        super().__init__(
            command_prefix=prefix,
            strip_after_prefix=True,
            intents=application.required_intents(message_content=message_content),
            help_command=None,
            tree_cls=application.BotCommandTree,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            case_insensitive=True,
            activity=discord.CustomActivity(name=f"/dl or {prefix}dl with a link"),
            **application.build_proxy_options(settings.discord),
        )
        self.settings = settings
        self.metrics = BotMetrics()
        self.errors = ErrorHandler(self.find_prefix, self.metrics)
        self._wire = wire
        self._stack = AsyncExitStack()
        self._closing = asyncio.Lock()

    async def setup_hook(self) -> None:
        """Open everything once, after the login and before the first event."""
        if self.intents.message_content and not application.can_read_messages(self.application_flags):
            raise discord.PrivilegedIntentsRequired(None)
        # The login has told the owners; `$sync` works without another request to Discord.
        if self.application is not None:
            self.owner_ids = application.owner_ids(self.application)
        await self.tree.set_translator(CommandTranslator())
        await self._wire(self, self._stack)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Stay connected until the client is closed.

        discord.py 2.7 raises AttributeError when its first connection fails: it tries to resume a missing session.
        """
        backoff = ExponentialBackoff()
        while True:
            try:
                return await super().connect(reconnect=reconnect)
            except AttributeError:
                # discord.py sets the session to None before the first connection, whatever its annotation says.
                if cast("object | None", self.ws) is not None:
                    raise
                await asyncio.sleep(backoff.delay())

    def find_prefix(self, guild_id: int) -> str:
        """Return the prefix of typed commands in a guild."""
        return self.app.services.access.prefixes.find(guild_id)

    async def is_owner_id(self, user_id: int) -> bool:
        """Return whether a user owns the bot."""
        return user_id in (self.owner_ids or ())

    async def close(self) -> None:
        """Release running downloads, close everything, and disconnect."""
        async with self._closing:
            try:
                await self._stack.aclose()
            finally:
                await super().close()

    async def on_command(self, _: commands.Context[Any]) -> None:
        """Count a typed command."""
        self.metrics.commands += 1

    async def on_command_error(self, context: commands.Context[Any], exception: commands.CommandError, /) -> None:
        """Answer the invoker of a typed command that raised an exception."""
        await self.errors.handle_prefix_command(context, exception)

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """Log the exception of an event listener."""
        self.errors.handle_event(event_method, sys.exception())


WireBot = Callable[[BossBot, AsyncExitStack], Awaitable[None]]
"""Opens everything that the bot needs, to be closed with the stack, and adds its commands."""
