"""Answers exceptions: from typed commands, slash commands, menus, buttons and events, all in one place."""

import traceback
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord.ext import commands
from loguru import logger

from boss_bot_core.bot.api.retry import CONNECTION_ERRORS
from boss_bot_core.bot.context.interaction import reply_privately
from boss_bot_core.bot.context.message import tell
from boss_bot_core.bot.errors.registry import answer_for, unwrap
from boss_bot_core.bot.metrics import BotMetrics

SendReply = Callable[[str], Awaitable[None]]


class ErrorHandler:
    """Turns every exception into a message; nothing gets past it, and it never raises."""

    def __init__(self, prefix: str, metrics: BotMetrics) -> None:
        self._prefix = prefix
        self._metrics = metrics

    async def handle_prefix_command(self, context: commands.Context[Any], error: commands.CommandError) -> None:
        """Answer a typed command's exception."""

        async def say(text: str) -> None:
            await tell(context, text)

        await self._answer(error, say, _name_of(context.command))

    async def handle_interaction(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        """Answer the exception of a slash command, a menu or a button."""

        async def say(text: str) -> None:
            await reply_privately(interaction, text)

        await self._answer(error, say, _name_of(interaction.command))

    def handle_event(self, event: str, error: BaseException | None) -> None:
        """Log the exception of an event that nobody waits for."""
        self._metrics.broken += 1
        logger.bind(action=event).opt(exception=error).error("A bug ended the handling of {}.", event)

    async def _answer(self, error: Exception, say: SendReply, command: str) -> None:
        answer = answer_for(error, prefix=self._prefix, job=getattr(unwrap(error), "job", None))
        log = logger.bind(action="command", command=command)
        if not answer.expected:
            self._metrics.broken += 1
            log.opt(exception=unwrap(error)).error("A bug ended {}.", command)
        elif answer.text is not None:
            self._metrics.refused += 1
            log.info("Refused {}: {}", command, _short(unwrap(error)))
        if answer.text is None:
            return
        try:
            await say(answer.text)
        except (discord.HTTPException, *CONNECTION_ERRORS) as lost:
            log.warning("An answer to {} did not arrive: {}", command, _short(lost))


def _short(error: BaseException) -> str:
    return traceback.format_exception_only(error)[-1].strip()


def _name_of(command: object) -> str:
    # Typed commands, slash commands and menus have no common class.
    return str(getattr(command, "qualified_name", "a command"))
