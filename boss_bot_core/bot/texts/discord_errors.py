"""The sentences about the client library's exceptions: what Discord, or a check of a command, refuses."""

import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.texts.units import join_bold

_CHOSEN_LENGTH = 100
_INTERACTION_GONE = frozenset({10_062, 10_015})
"""Unknown interaction, unknown webhook: the person has long gone, and no answer can reach them."""


def nothing(_: Exception) -> None:
    """Say nothing."""


def wrong_input(error: commands.UserInputError) -> str:
    """Say that the words behind a command cannot be understood."""
    return (
        f"❌ I don't understand that: {discord.utils.escape_markdown(str(error))[:_CHOSEN_LENGTH]} `$dlh` explains it."
    )


def wrong_value(error: app_commands.TransformerError) -> str:
    """Say that an option's value cannot be used."""
    value = discord.utils.escape_markdown(str(error.value))[:_CHOSEN_LENGTH]
    return f"❌ {value!r} can't be used there. `/dlh` explains it."


def too_often(error: commands.CommandOnCooldown | app_commands.CommandOnCooldown) -> str:
    """Say when the command may be used again."""
    return f"⏳ Not so fast. Try again in {error.retry_after:.0f} seconds."


def too_many(_: Exception) -> str:
    """Say that the same is under way already."""
    return "⏳ That is being done already. Wait until it is finished."


def switched_off(_: Exception) -> str:
    """Say that a command is not in use."""
    return "❌ This command is switched off here."


def not_allowed(_: Exception) -> str:
    """Say that a command is not for this person."""
    return "⛔ You may not do that here."


def owners_only(_: Exception) -> str:
    """Say whose command it is."""
    return "⛔ Only the bot's owner can do that."


def servers_only(_: Exception) -> str:
    """Say where a command works."""
    return "❌ That works in a server only."


def person_lacks(error: commands.MissingPermissions | app_commands.MissingPermissions) -> str:
    """Say what the person needs."""
    return f"⛔ You need {_permissions(error.missing_permissions)} for that."


def bot_lacks(error: commands.BotMissingPermissions | app_commands.BotMissingPermissions) -> str:
    """Say what the bot needs."""
    return f"⚠ I need {_permissions(error.missing_permissions)} here."


def outdated(_: Exception) -> str:
    """Say that Discord shows a command as it was before an update."""
    return "🔁 This command has changed. Restart Discord; if that does not help, the bot's owner runs `$sync`."


def sync_failed(error: discord.HTTPException) -> str:
    """Say that Discord did not take the commands."""
    return f"❌ Discord did not take the commands: {error.text[:_CHOSEN_LENGTH]}"


def forbidden(_: Exception) -> str:
    """Say that Discord refused, without knowing which permission is missing."""
    return "⚠ Discord does not let me do that here. Check my permissions in this channel."


def gone(error: discord.NotFound) -> str | None:
    """Say that what it is about is not there any more."""
    return None if error.code in _INTERACTION_GONE else "❌ That is not there any more."


def discord_refused(error: discord.HTTPException) -> str:
    """Say that Discord did not take it."""
    return f"❌ Discord did not take that (error {error.code or error.status}). Try again in a moment."


def discord_down(_: Exception) -> str:
    """Say that Discord cannot be reached."""
    return "🔌 Discord did not answer me. Try again in a moment."


def rate_limited(error: discord.RateLimited) -> str:
    """Say when Discord takes more."""
    return f"⏳ Discord asks me to slow down. Try again in {error.retry_after:.0f} seconds."


def _permissions(names: list[str]) -> str:
    return join_bold([name.replace("_", " ").title().replace("Guild", "Server") for name in names])
