"""The sentences for discord.py's exceptions: refused by Discord, or by a check of a command.

The functions take the exception and the prefix of typed commands, because `errors/registry.py` calls all of them alike.
"""

import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.language import LazyText, ngettext
from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.texts.locale_format import name_permissions

_QUOTE_LENGTH = 100
_INTERACTION_GONE = frozenset({10_062, 10_015})
"""Unknown interaction, unknown webhook: no answer can reach the user any more."""

ALREADY_RUNNING = LazyText("⏳ That is being done already. Wait until it is finished.")
COMMAND_DISABLED = LazyText("❌ This command is switched off here.")
NOT_ALLOWED = LazyText("⛔ You may not do that here.")
OWNERS_ONLY = LazyText("⛔ Only the bot's owner can do that.")
GUILDS_ONLY = LazyText("❌ That works in a server only.")
FORBIDDEN = LazyText("⚠ Discord does not let me do that here. Check my permissions in this channel.")
NO_ANSWER = LazyText("🔌 Discord did not answer me. Try again in a moment.")


def invalid_input(error: commands.UserInputError, prefix: str) -> str:
    """Return the answer to arguments that cannot be parsed."""
    quote = discord.utils.escape_markdown(str(error))[:_QUOTE_LENGTH]
    sentence = _("❌ I don't understand that: {quote} {command} explains it.")
    return sentence.format(quote=quote, command=f"`{prefix}dlh`")


def invalid_option(error: app_commands.TransformerError, _prefix: str) -> str:
    """Return the answer to a value that a slash command's option does not accept."""
    value = discord.utils.escape_markdown(str(error.value))[:_QUOTE_LENGTH]
    sentence = _("❌ {value} can't be used there. {command} explains it.")
    return sentence.format(value=repr(value), command="`/dlh`")


def on_cooldown(error: commands.CommandOnCooldown | app_commands.CommandOnCooldown, _prefix: str) -> str:
    """Return the answer that says when the command may be used again."""
    seconds = round(error.retry_after)
    sentence = ngettext(
        "⏳ Not so fast. Try again in {count} second.", "⏳ Not so fast. Try again in {count} seconds.", seconds
    )
    return sentence.format(count=seconds)


def user_lacks_permissions(error: commands.MissingPermissions | app_commands.MissingPermissions, _prefix: str) -> str:
    """Return the answer that names the permissions that the user lacks."""
    return _("⛔ You need {permissions} for that.").format(permissions=_permissions(error.missing_permissions))


def bot_lacks_permissions(
    error: commands.BotMissingPermissions | app_commands.BotMissingPermissions, _prefix: str
) -> str:
    """Return the answer that names the permissions that the bot lacks."""
    return _("⚠ I need {permissions} here.").format(permissions=_permissions(error.missing_permissions))


def outdated_command(_error: app_commands.AppCommandError, prefix: str) -> str:
    """Return the answer to a command that Discord shows as it was before an update of the bot."""
    sentence = _("🔁 This command has changed. Restart Discord; if that does not help, the bot's owner runs {command}.")
    return sentence.format(command=f"`{prefix}sync`")


def sync_failed(error: discord.HTTPException, _prefix: str) -> str:
    """Return the answer when Discord refuses the list of commands."""
    return _("❌ Discord did not take the commands: {reason}").format(reason=error.text[:_QUOTE_LENGTH])


def not_found(error: discord.NotFound, _prefix: str) -> str | None:
    """Return the answer when an object is gone; None when the interaction itself is."""
    return None if error.code in _INTERACTION_GONE else _("❌ That is not there any more.")


def request_refused(error: discord.HTTPException, _prefix: str) -> str:
    """Return the answer when Discord refuses a request."""
    sentence = _("❌ Discord did not take that (error {code}). Try again in a moment.")
    return sentence.format(code=error.code or error.status)


def rate_limited(error: discord.RateLimited, _prefix: str) -> str:
    """Return the answer that says when Discord accepts more requests."""
    seconds = round(error.retry_after)
    sentence = ngettext(
        "⏳ Discord asks me to slow down. Try again in {count} second.",
        "⏳ Discord asks me to slow down. Try again in {count} seconds.",
        seconds,
    )
    return sentence.format(count=seconds)


def _permissions(names: list[str]) -> str:
    return name_permissions([name.replace("_", " ").title().replace("Guild", "Server") for name in names])
