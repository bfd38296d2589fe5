"""Where every use of a command is received: acknowledged first, then described as a `Call`."""

from typing import Any

import discord
from discord.ext import commands

from boss_bot_core.bot.context import CommandContext, InteractionContext, PrefixContext, UserInstallContext
from boss_bot_core.bot.context.channel_inspector import ChannelInspector
from boss_bot_core.bot.context.interaction import defer


class ContextFactory:
    """Turns what discord.py hands over into calls."""

    def __init__(self, inspector: ChannelInspector) -> None:
        self.surveyor = inspector

    async def from_message(self, context: commands.Context[Any]) -> CommandContext:
        """Receive a typed command."""
        return PrefixContext(context, await self.surveyor.inspect(context.channel, context.bot_permissions))

    async def from_interaction(
        self, interaction: discord.Interaction[Any], *, ephemeral: bool = False
    ) -> CommandContext:
        """Receive a slash command or a menu's, within Discord's three seconds.

        Args:
            interaction: The interaction.
            ephemeral: Whether the first answer is for the person alone.
        """
        elsewhere = is_user_install(interaction)
        await defer(interaction, ephemeral=ephemeral or elsewhere)
        if elsewhere:
            direct = await interaction.user.create_dm()
            channel = await self.surveyor.inspect(direct, discord.Permissions.all())
            return UserInstallContext(interaction, channel, direct)
        channel = await self.surveyor.inspect(interaction.channel, interaction.app_permissions)
        return InteractionContext(interaction, channel)


def is_user_install(interaction: discord.Interaction[Any]) -> bool:
    """Tell whether the bot is no member of the place."""
    if interaction.guild_id is not None:
        return interaction.client.get_guild(interaction.guild_id) is None
    return interaction.context.private_channel is True
