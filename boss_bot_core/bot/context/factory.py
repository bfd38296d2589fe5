"""Where every use of a command is received: acknowledged first, then described as a `Call`."""

from typing import Any

import discord
from discord.ext import commands

from boss_bot_core.bot.context import Call, ElsewhereCall, InteractionCall, MessageCall
from boss_bot_core.bot.context.channel_inspector import Surveyor
from boss_bot_core.bot.context.interaction import defer


class Reception:
    """Turns what discord.py hands over into calls."""

    def __init__(self, surveyor: Surveyor) -> None:
        self.surveyor = surveyor

    async def of_message(self, context: commands.Context[Any]) -> Call:
        """Receive a typed command."""
        return MessageCall(context, await self.surveyor.place_of(context.channel, context.bot_permissions))

    async def of_interaction(self, interaction: discord.Interaction[Any], *, ephemeral: bool = False) -> Call:
        """Receive a slash command or a menu's, within Discord's three seconds.

        Args:
            interaction: The interaction.
            ephemeral: Whether the first answer is for the person alone.
        """
        elsewhere = is_elsewhere(interaction)
        await defer(interaction, ephemeral=ephemeral or elsewhere)
        if elsewhere:
            direct = await interaction.user.create_dm()
            place = await self.surveyor.place_of(direct, discord.Permissions.all())
            return ElsewhereCall(interaction, place, direct)
        place = await self.surveyor.place_of(interaction.channel, interaction.app_permissions)
        return InteractionCall(interaction, place)


def is_elsewhere(interaction: discord.Interaction[Any]) -> bool:
    """Tell whether the bot is no member of the place."""
    if interaction.guild_id is not None:
        return interaction.client.get_guild(interaction.guild_id) is None
    return interaction.context.private_channel is True
