"""The sentences for discord.py's exceptions: refused by Discord, or by a check of a command.

The functions take the exception and the prefix of typed commands, because `errors/registry.py` calls all of them alike.
"""

import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.texts.units import join_bold

_QUOTE_LENGTH = 100
_INTERACTION_GONE = frozenset({10_062, 10_015})
"""Unknown interaction, unknown webhook: no answer can reach the user any more."""

ALREADY_RUNNING = "⏳ That is being done already. Wait until it is finished."
COMMAND_DISABLED = "❌ This command is switched off here."
NOT_ALLOWED = "⛔ You may not do that here."
OWNERS_ONLY = "⛔ Only the bot's owner can do that."
GUILDS_ONLY = "❌ That works in a server only."
FORBIDDEN = "⚠ Discord does not let me do that here. Check my permissions in this channel."
NO_ANSWER = "🔌 Discord did not answer me. Try again in a moment."


def invalid_input(error: commands.UserInputError, prefix: str) -> str:
    """Return the answer to arguments that cannot be parsed."""
    quote = discord.utils.escape_markdown(str(error))[:_QUOTE_LENGTH]
    return f"❌ I don't understand that: {quote} `{prefix}dlh` explains it."


def invalid_option(error: app_commands.TransformerError, _prefix: str) -> str:
    """Return the answer to a value that a slash command's option does not accept."""
    value = discord.utils.escape_markdown(str(error.value))[:_QUOTE_LENGTH]
    return f"❌ {value!r} can't be used there. `/dlh` explains it."


def on_cooldown(error: commands.CommandOnCooldown | app_commands.CommandOnCooldown, _prefix: str) -> str:
    """Return the answer that says when the command may be used again."""
    return f"⏳ Not so fast. Try again in {error.retry_after:.0f} seconds."


def user_lacks_permissions(error: commands.MissingPermissions | app_commands.MissingPermissions, _prefix: str) -> str:
    """Return the answer that names the permissions that the user lacks."""
    return f"⛔ You need {_permissions(error.missing_permissions)} for that."


def bot_lacks_permissions(
    error: commands.BotMissingPermissions | app_commands.BotMissingPermissions, _prefix: str
) -> str:
    """Return the answer that names the permissions that the bot lacks."""
    return f"⚠ I need {_permissions(error.missing_permissions)} here."


def outdated_command(_error: app_commands.AppCommandError, prefix: str) -> str:
    """Return the answer to a command that Discord shows as it was before an update of the bot."""
    return f"🔁 This command has changed. Restart Discord; if that does not help, the bot's owner runs `{prefix}sync`."


def sync_failed(error: discord.HTTPException, _prefix: str) -> str:
    """Return the answer when Discord refuses the list of commands."""
    return f"❌ Discord did not take the commands: {error.text[:_QUOTE_LENGTH]}"


def not_found(error: discord.NotFound, _prefix: str) -> str | None:
    """Return the answer when an object is gone; None when the interaction itself is."""
    return None if error.code in _INTERACTION_GONE else "❌ That is not there any more."


def request_refused(error: discord.HTTPException, _prefix: str) -> str:
    """Return the answer when Discord refuses a request."""
    return f"❌ Discord did not take that (error {error.code or error.status}). Try again in a moment."


def rate_limited(error: discord.RateLimited, _prefix: str) -> str:
    """Return the answer that says when Discord accepts more requests."""
    return f"⏳ Discord asks me to slow down. Try again in {error.retry_after:.0f} seconds."


def _permissions(names: list[str]) -> str:
    return join_bold([name.replace("_", " ").title().replace("Guild", "Server") for name in names])
