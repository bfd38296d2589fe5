"""What the bot's application is to Discord: intents, owners, API endpoints, proxy, command tree, and lost connections.

discord.py keeps the endpoints in class attributes, so they apply to the whole process.
"""

import logging
from typing import TYPE_CHECKING, Any

import aiohttp
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
    """Return the gateway intents of the bot. It needs neither members nor presences, so it does not ask for them."""
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    intents.guild_reactions = intents.dm_reactions = True
    intents.message_content = message_content
    return intents


def can_read_messages(flags: discord.ApplicationFlags) -> bool:
    """Return whether the message content intent is switched on in the developer portal.

    Flags of zero say nothing: Discord then allows or refuses the intent when the bot connects.
    """
    return flags.gateway_message_content or flags.gateway_message_content_limited or flags.value == 0


def build_proxy_options(settings: DiscordSettings) -> dict[str, Any]:
    """Return a client's options for the operator's proxy; the credentials are apart, so that no error shows them."""
    if settings.discord_proxy is None:
        return {}
    proxy = yarl.URL(settings.discord_proxy)
    auth = None if proxy.user is None else aiohttp.BasicAuth(proxy.user, proxy.password or "", encoding="utf-8")
    return {"proxy": str(proxy.with_user(None)), "proxy_auth": auth}


_TRUSTED = (discord.TeamMemberRole.admin, discord.TeamMemberRole.developer)


def owner_ids(application: discord.AppInfo) -> set[int]:
    """Return the ids of the owners: the account of the application, or the team members who may change it."""
    team = application.team
    if team is None:
        return {application.owner.id}
    accepted = [member for member in team.members if member.membership_state is discord.TeamMembershipState.accepted]
    trusted = {member.id for member in accepted if member.role in _TRUSTED}
    return trusted if team.owner_id is None else trusted | {team.owner_id}


def set_api_urls(discord: DiscordSettings) -> None:
    """Set the API endpoints of all clients in this process; call it before a client connects."""
    Route.BASE = discord.discord_api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(discord.discord_gateway_url)
    Asset.BASE = discord.discord_cdn_url


class _AttemptFilter(logging.Filter):
    """Rewrites discord.py's record of a failed attempt, which has the wait in seconds as its argument."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record."""
        if record.msg.startswith("Attempting a reconnect in ") and record.exc_info:
            error = record.exc_info[1]
            record.exc_info = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.args = (str(error) or type(error).__name__, *(record.args or ()))
            # After a failed first connection, the client waits longer than discord.py says.
            record.msg = "No connection to Discord's gateway: %s. The next attempt follows in %.1f s or later."
        return True


def shorten_gateway_errors() -> None:
    """Log a failed connection in one line: its reason is outside of the bot, and no traceback tells it better."""
    logging.getLogger("discord.client").addFilter(_AttemptFilter())


class BotCommandTree(app_commands.CommandTree["BossBot"]):
    """The slash commands and menus; counts their uses and passes exceptions to the client's error handler."""

    async def interaction_check(self, interaction: discord.Interaction["BossBot"], /) -> bool:
        """Count the use of a command; an autocomplete request is not a use."""
        self.client.metrics.commands += interaction.type is discord.InteractionType.application_command
        return True

    async def on_error(
        self, interaction: discord.Interaction["BossBot"], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer the invoker of a command that raised an exception."""
        await self.client.errors.handle_interaction(interaction, error)
