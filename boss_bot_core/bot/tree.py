"""The tree of slash commands and menus, with its exceptions led to the one desk for them."""

from typing import Any

import discord
from discord import app_commands


class DownloadTree(app_commands.CommandTree[Any]):
    """Asks its client's error desk about every exception."""

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        """Answer an exception."""
        await self.client.errors.of_interaction(interaction, error)
