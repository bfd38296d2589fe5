"""Edited messages: a command that did not work is read again when its author corrects it soon."""

from datetime import timedelta
from typing import Any

import discord
from discord.ext import commands
from discord.utils import snowflake_time

from boss_bot_core.bot.typed_commands import TypedCommandBot

CORRECTION_TIME = timedelta(minutes=2)
"""How long after it was sent a message may still be corrected."""


class EditsCog(commands.Cog):
    """Reads corrected messages again, each until a command of it was carried out.

    Args:
        bot: The bot.
    """

    def __init__(self, bot: TypedCommandBot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_command(self, context: commands.Context[Any]) -> None:
        """Remember a message whose command is carried out, as long as it may be edited."""
        oldest = context.message.created_at - CORRECTION_TIME
        accepted = self._bot.accepted
        accepted -= {known for known in accepted if snowflake_time(known) < oldest}
        accepted.add(context.message.id)

    @commands.Cog.listener()
    async def on_command_error(self, context: commands.Context[Any], _: commands.CommandError) -> None:
        """Forget a message whose command was refused."""
        self._bot.accepted.discard(context.message.id)

    @commands.Cog.listener()
    async def on_message_edit(self, before: discord.Message, after: discord.Message) -> None:
        """Read a corrected message again. Discord also sends this event when it adds an embed to a message."""
        if before.content == after.content or after.edited_at is None:
            return
        if after.edited_at - after.created_at <= CORRECTION_TIME:
            await self._bot.process_commands(after)
