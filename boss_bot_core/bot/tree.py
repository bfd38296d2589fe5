"""The tree of slash commands and menus: their uses are counted, their exceptions led to the one desk for them."""

from typing import Any

import discord
from discord import app_commands


class DownloadTree(app_commands.CommandTree[Any]):
    """Asks its client's error desk about every exception."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Count a use; asking for completions is none."""
        self.client.counters.commands += interaction.type is discord.InteractionType.application_command
        return True

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        """Answer an exception."""
        await self.client.errors.of_interaction(interaction, error)
