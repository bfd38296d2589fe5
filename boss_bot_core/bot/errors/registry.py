"""The error registry: for every exception of a command, the text that the user reads.

Pure: an exception in, a text out. The most specific class counts, wherever it stands in the registry.
"""

from collections.abc import Callable
from typing import Any

import aiohttp
import attrs
import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.exceptions import CommandRefusedError
from boss_bot_core.bot.language import LazyText
from boss_bot_core.bot.texts import discord_errors, errors
from boss_bot_core.chat_settings.setting import SettingRefusedError
from boss_bot_core.domain.guilds import DEFAULT_PREFIX
from boss_bot_core.errors import BossBotError, DownloadFailedError
from boss_bot_core.queue.errors import QueueError


@attrs.frozen(kw_only=True)
class ErrorAnswer:
    """The answer to an exception.

    Attributes:
        text: The text that the user reads; None sends no answer.
        expected: Whether such an exception is part of normal use. Otherwise it is a bug, logged with its traceback.
    """

    text: str | None
    expected: bool = True


_Text = LazyText | None | Callable[[Any, str], str | None]
"""A sentence, None for no answer, or a function of the exception and the prefix.

Any, because each function takes the class of exception that it is registered for.
"""

_TEXTS: dict[type[Exception], _Text] = {
    BossBotError: errors.own_error,
    CommandRefusedError: CommandRefusedError.to_text,
    DownloadFailedError: errors.download_failed,
    QueueError: errors.queue_refused,
    SettingRefusedError: errors.setting_refused,
    # Typed commands. An unknown one gets no answer: another bot may use the same prefix.
    commands.CommandNotFound: None,
    commands.UserInputError: discord_errors.invalid_input,
    commands.CommandOnCooldown: discord_errors.on_cooldown,
    commands.MaxConcurrencyReached: discord_errors.ALREADY_RUNNING,
    commands.DisabledCommand: discord_errors.COMMAND_DISABLED,
    commands.CheckFailure: discord_errors.NOT_ALLOWED,
    commands.NotOwner: discord_errors.OWNERS_ONLY,
    commands.MissingPermissions: discord_errors.user_lacks_permissions,
    commands.BotMissingPermissions: discord_errors.bot_lacks_permissions,
    commands.NoPrivateMessage: discord_errors.GUILDS_ONLY,
    # Slash commands and menus.
    app_commands.CommandNotFound: discord_errors.outdated_command,
    app_commands.CommandSignatureMismatch: discord_errors.outdated_command,
    app_commands.CommandSyncFailure: discord_errors.sync_failed,
    app_commands.TransformerError: discord_errors.invalid_option,
    app_commands.CheckFailure: discord_errors.NOT_ALLOWED,
    app_commands.CommandOnCooldown: discord_errors.on_cooldown,
    app_commands.MissingPermissions: discord_errors.user_lacks_permissions,
    app_commands.BotMissingPermissions: discord_errors.bot_lacks_permissions,
    app_commands.NoPrivateMessage: discord_errors.GUILDS_ONLY,
    # Discord's own responses.
    discord.Forbidden: discord_errors.FORBIDDEN,
    discord.NotFound: discord_errors.not_found,
    discord.HTTPException: discord_errors.request_refused,
    discord.DiscordServerError: discord_errors.NO_ANSWER,
    discord.RateLimited: discord_errors.rate_limited,
    aiohttp.ClientError: discord_errors.NO_ANSWER,
    ConnectionError: discord_errors.NO_ANSWER,
    TimeoutError: discord_errors.NO_ANSWER,
}

_WRAPPERS = (commands.CommandInvokeError, commands.ConversionError, app_commands.CommandInvokeError)


def unwrap(error: BaseException) -> BaseException:
    """Return the exception that discord.py has wrapped, or `error` itself."""
    while isinstance(error, _WRAPPERS):
        error = error.original
    return error


def answer_for(error: BaseException, *, prefix: str = DEFAULT_PREFIX, job: str | None = None) -> ErrorAnswer:
    """Return the answer to an exception.

    Args:
        error: The exception, wrapped or not.
        prefix: The prefix of typed commands.
        job: The short id of the download that the exception is about, if any.
    """
    error = unwrap(error)
    for cls in type(error).__mro__:
        if cls in _TEXTS:
            text = _TEXTS[cls]
            if isinstance(text, LazyText):
                return ErrorAnswer(text=str(text))
            return ErrorAnswer(text=None if text is None else text(error, prefix))
    return ErrorAnswer(text=errors.internal_error(job), expected=False)
