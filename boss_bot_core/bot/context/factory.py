"""Builds the context of every command: acknowledges an interaction first, then inspects its channel."""

from typing import Any

import discord
from discord.ext import commands

from boss_bot_core.access.command_prefixes import FindPrefix
from boss_bot_core.bot.context import CommandContext, InteractionContext, PrefixContext, UserInstallContext
from boss_bot_core.bot.context.channel_inspector import ChannelInspector
from boss_bot_core.bot.context.interaction import defer
from boss_bot_core.bot.context.place import Place, find_place, read_own_permissions


class ContextFactory:
    """Builds command contexts from the objects that discord.py passes to a command.

    Args:
        inspector: Reads the facts about the command's channel.
        find_prefix: Returns the prefix of typed commands in a guild.
    """

    def __init__(self, inspector: ChannelInspector, find_prefix: FindPrefix) -> None:
        self._inspector = inspector
        self._find_prefix = find_prefix

    async def from_message(self, context: commands.Context[Any]) -> CommandContext:
        """Return the context of a typed command."""
        place = await find_place(context.bot, Place(context.channel, context.author))
        channel = await self._inspector.inspect(place.channel, read_own_permissions(place.channel))
        return self._with_prefix(PrefixContext(context, place, channel))

    async def from_interaction(
        self, interaction: discord.Interaction[Any], *, ephemeral: bool = False
    ) -> CommandContext:
        """Acknowledge a slash command or a menu within Discord's three seconds, and return its context.

        Args:
            interaction: The interaction.
            ephemeral: Whether only the user sees the first answer.
        """
        user_install = is_user_install(interaction)
        await defer(interaction, ephemeral=ephemeral or user_install)
        if user_install:
            direct = await interaction.user.create_dm()
            place = Place(direct, interaction.user)
            channel = await self._inspector.inspect(direct, None)
            return self._with_prefix(UserInstallContext(interaction, place, channel))
        place = await find_place(interaction.client, Place(interaction.channel, interaction.user))
        channel = await self._inspector.inspect(place.channel, interaction.app_permissions)
        return self._with_prefix(InteractionContext(interaction, place, channel))

    def _with_prefix(self, context: CommandContext) -> CommandContext:
        context.prefix = self._find_prefix(context.invoker.guild_id)
        return context


def is_user_install(interaction: discord.Interaction[discord.Client]) -> bool:
    """Return whether the command is used in a place that the bot is not a member of."""
    if interaction.guild_id is not None:
        return not interaction.is_guild_integration()
    return interaction.context.private_channel is True
