"""Answers the exceptions of typed commands, slash commands, menus and buttons, and logs those of events."""

import traceback
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord.ext import commands
from loguru import logger

from boss_bot_core.access.command_prefixes import FindPrefix
from boss_bot_core.bot.api.retry import CONNECTION_ERRORS
from boss_bot_core.bot.context.interaction import reply_privately
from boss_bot_core.bot.context.message import reply_or_message
from boss_bot_core.bot.errors.registry import answer_for, unwrap
from boss_bot_core.bot.metrics import BotMetrics
from boss_bot_core.domain.items import LOCAL_ID

SendReply = Callable[[str], Awaitable[None]]


class ErrorHandler:
    """Turns every exception into a message to the user, and never raises.

    Args:
        find_prefix: Returns the prefix of typed commands in a guild.
        metrics: Counts refusals and bugs.
    """

    def __init__(self, find_prefix: FindPrefix, metrics: BotMetrics) -> None:
        self._find_prefix = find_prefix
        self._metrics = metrics

    async def handle_prefix_command(self, context: commands.Context[Any], error: commands.CommandError) -> None:
        """Answer the exception of a typed command."""

        async def send(text: str) -> None:
            await reply_or_message(context, text)

        guild_id = LOCAL_ID if context.guild is None else context.guild.id
        await self._answer(error, send, _command_name(context.command), guild_id)

    async def handle_interaction(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        """Answer the exception of a slash command, a menu or a button."""

        async def send(text: str) -> None:
            await reply_privately(interaction, text)

        await self._answer(error, send, _command_name(interaction.command), interaction.guild_id or LOCAL_ID)

    def handle_event(self, event: str, error: BaseException | None) -> None:
        """Log the exception of an event, which no user waits for."""
        self._metrics.broken += 1
        logger.bind(action=event).opt(exception=error).error("A bug ended the handling of {}.", event)

    async def _answer(self, error: Exception, send: SendReply, command: str, guild_id: int) -> None:
        answer = answer_for(error, prefix=self._find_prefix(guild_id), job=getattr(unwrap(error), "job", None))
        log = logger.bind(action="command", command=command)
        if not answer.expected:
            self._metrics.broken += 1
            log.opt(exception=unwrap(error)).error("A bug ended {}.", command)
        elif answer.text is not None:
            self._metrics.refused += 1
            log.info("Refused {}: {}", command, _format_exception(unwrap(error)))
        if answer.text is None:
            return
        try:
            await send(answer.text)
        except (discord.HTTPException, *CONNECTION_ERRORS) as lost:
            log.warning("An answer to {} did not arrive: {}", command, _format_exception(lost))


def _format_exception(error: BaseException) -> str:
    return traceback.format_exception_only(error)[-1].strip()


def _command_name(command: object) -> str:
    # Typed commands, slash commands and menus have no common class.
    return str(getattr(command, "qualified_name", "a command"))
