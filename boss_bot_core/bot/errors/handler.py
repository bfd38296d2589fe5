"""Answers exceptions: from typed commands, slash commands, menus, buttons and events, all in one place."""

import traceback
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord.ext import commands
from loguru import logger

from boss_bot_core.bot.api.retry import LOST
from boss_bot_core.bot.context.interaction import say_alone
from boss_bot_core.bot.context.message import tell
from boss_bot_core.bot.errors.registry import answer_for, cause_of
from boss_bot_core.bot.metrics import Counters

Say = Callable[[str], Awaitable[None]]


class ErrorDesk:
    """Turns every exception into a message; nothing gets past it, and it never raises."""

    def __init__(self, prefix: str, counters: Counters) -> None:
        self._prefix = prefix
        self._counters = counters

    async def of_message(self, context: commands.Context[Any], error: commands.CommandError) -> None:
        """Answer a typed command's exception."""

        async def say(text: str) -> None:
            await tell(context, text)

        await self._answer(error, say, _name_of(context.command))

    async def of_interaction(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        """Answer the exception of a slash command, a menu or a button."""

        async def say(text: str) -> None:
            await say_alone(interaction, text)

        await self._answer(error, say, _name_of(interaction.command))

    def of_event(self, event: str, error: BaseException | None) -> None:
        """Log the exception of an event that nobody waits for."""
        self._counters.broken += 1
        logger.bind(action=event).opt(exception=error).error("A bug ended the handling of {}.", event)

    async def _answer(self, error: Exception, say: Say, command: str) -> None:
        answer = answer_for(error, prefix=self._prefix, job=getattr(cause_of(error), "job", None))
        log = logger.bind(action="command", command=command)
        if not answer.expected:
            self._counters.broken += 1
            log.opt(exception=cause_of(error)).error("A bug ended {}.", command)
        elif answer.text is not None:
            self._counters.refused += 1
            log.info("Refused {}: {}", command, _short(cause_of(error)))
        if answer.text is None:
            return
        try:
            await say(answer.text)
        except (discord.HTTPException, *LOST) as lost:
            log.warning("An answer to {} did not arrive: {}", command, _short(lost))


def _short(error: BaseException) -> str:
    return traceback.format_exception_only(error)[-1].strip()


def _name_of(command: object) -> str:
    # Typed commands, slash commands and menus have no common class.
    return str(getattr(command, "qualified_name", "a command"))
