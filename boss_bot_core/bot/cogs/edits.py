"""Edited messages: a command that did not work is read again when its author corrects it soon."""

from datetime import timedelta
from typing import Any

import discord
from discord.ext import commands
from discord.utils import snowflake_time

CORRECTION_TIME = timedelta(minutes=2)
"""How long after it was sent a message may still be corrected."""


class EditsCog(commands.Cog):
    """Reads corrected messages again, each until a command of it was carried out.

    Args:
        bot: The bot.
    """

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot
        self._accepted: set[int] = set()

    @commands.Cog.listener()
    async def on_command(self, context: commands.Context[Any]) -> None:
        """Remember a message whose command is carried out, as long as it may be edited."""
        oldest = context.message.created_at - CORRECTION_TIME
        self._accepted = {known for known in self._accepted if snowflake_time(known) >= oldest}
        self._accepted.add(context.message.id)

    @commands.Cog.listener()
    async def on_command_error(self, context: commands.Context[Any], _: commands.CommandError) -> None:
        """Forget a message whose command was refused."""
        self._accepted.discard(context.message.id)

    @commands.Cog.listener()
    async def on_message_edit(self, before: discord.Message, after: discord.Message) -> None:
        """Read a corrected message again. Discord also sends this event when it adds an embed to a message."""
        if before.content == after.content or after.edited_at is None or after.id in self._accepted:
            return
        if after.edited_at - after.created_at <= CORRECTION_TIME:
            await self._bot.process_commands(after)
