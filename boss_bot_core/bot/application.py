"""What Discord is asked to tell the bot, and whether it may be asked.

Whom the bot obeys as its owners: the person whose application it is, or those of the team who may change it.
Pure; apart from the client because a team also has people who may only look on, or have not accepted yet.
Where Discord is, as discord.py knows it.
Apart from the client because discord.py keeps the addresses in class attributes, which count for the whole process.
The tree of slash commands and menus: their uses are counted, their exceptions led to the one desk for them.
"""

from typing import TYPE_CHECKING

import discord
import yarl
from discord import app_commands
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route

from boss_bot_core.settings import DiscordSettings

if TYPE_CHECKING:
    from boss_bot_core.bot.client import BossBot


def required_intents(*, message_content: bool) -> discord.Intents:
    """Return what Discord is asked to tell; members and presences are nobody's business here."""
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    intents.guild_reactions = intents.dm_reactions = True
    intents.message_content = message_content
    return intents


def can_read_messages(flags: discord.ApplicationFlags) -> bool:
    """Tell whether the developer portal's switch for message content is on.

    A server that tells no flags at all may still allow it: it says so when the bot connects.
    """
    return flags.gateway_message_content or flags.gateway_message_content_limited or flags.value == 0


_TRUSTED = (discord.TeamMemberRole.admin, discord.TeamMemberRole.developer)


def owner_ids(application: discord.AppInfo) -> set[int]:
    """Return the ids of the application's owners."""
    team = application.team
    if team is None:
        return {application.owner.id}
    accepted = [member for member in team.members if member.membership_state is discord.TeamMembershipState.accepted]
    trusted = {member.id for member in accepted if member.role in _TRUSTED}
    return trusted if team.owner_id is None else trusted | {team.owner_id}


def set_api_urls(discord: DiscordSettings) -> None:
    """Let every client of this process talk to the Discord that the settings name; call it before connecting."""
    Route.BASE = discord.discord_api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(discord.discord_gateway_url)
    Asset.BASE = discord.discord_cdn_url


class BotCommandTree(app_commands.CommandTree["BossBot"]):
    """The slash commands and menus: counts their uses, and passes their exceptions to the client's error handler."""

    async def interaction_check(self, interaction: discord.Interaction["BossBot"], /) -> bool:
        """Count a use; asking for completions is none."""
        self.client.metrics.commands += interaction.type is discord.InteractionType.application_command
        return True

    async def on_error(
        self, interaction: discord.Interaction["BossBot"], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer an exception."""
        await self.client.errors.handle_interaction(interaction, error)
