"""What is said about an exception, as a value.

The one registry: for every exception, what people are told.
Pure: an exception in, a text out. The most specific class counts, wherever it stands in the list.
"""

from collections.abc import Callable
from typing import Any

import aiohttp
import attrs
import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.texts import discord_errors, errors
from boss_bot_core.chat_settings.setting import SettingRefusedError
from boss_bot_core.errors import BossBotError, DownloadFailedError
from boss_bot_core.queue.errors import QueueError


@attrs.frozen(kw_only=True)
class ErrorAnswer:
    """A message about an exception.

    Attributes:
        text: What people read; None: nothing is said.
        expected: Whether such a thing happens; otherwise it is a bug, logged with its traceback.
    """

    text: str | None
    expected: bool = True


SILENCE = ErrorAnswer(text=None)
"""Nothing is said, because it may not concern this bot, or nobody could read it."""


_Wording = Callable[[Any], str | None]
"""Any, because each takes the exception that it is registered for."""

_WORDINGS: dict[type[Exception], _Wording] = {
    BossBotError: str,
    DownloadFailedError: errors.download_failed,
    QueueError: errors.queue_refused,
    SettingRefusedError: errors.setting_refused,
    # commands that start with a prefix: other bots may share it
    commands.CommandNotFound: discord_errors.nothing,
    commands.UserInputError: discord_errors.wrong_input,
    commands.CommandOnCooldown: discord_errors.too_often,
    commands.MaxConcurrencyReached: discord_errors.too_many,
    commands.DisabledCommand: discord_errors.switched_off,
    commands.CheckFailure: discord_errors.not_allowed,
    commands.NotOwner: discord_errors.owners_only,
    commands.MissingPermissions: discord_errors.person_lacks,
    commands.BotMissingPermissions: discord_errors.bot_lacks,
    commands.NoPrivateMessage: discord_errors.servers_only,
    # slash commands and menus
    app_commands.CommandNotFound: discord_errors.outdated,
    app_commands.CommandSignatureMismatch: discord_errors.outdated,
    app_commands.CommandSyncFailure: discord_errors.sync_failed,
    app_commands.TransformerError: discord_errors.wrong_value,
    app_commands.CheckFailure: discord_errors.not_allowed,
    app_commands.CommandOnCooldown: discord_errors.too_often,
    app_commands.MissingPermissions: discord_errors.person_lacks,
    app_commands.BotMissingPermissions: discord_errors.bot_lacks,
    app_commands.NoPrivateMessage: discord_errors.servers_only,
    # Discord's own answers
    discord.Forbidden: discord_errors.forbidden,
    discord.NotFound: discord_errors.gone,
    discord.HTTPException: discord_errors.discord_refused,
    discord.DiscordServerError: discord_errors.discord_down,
    discord.RateLimited: discord_errors.rate_limited,
    aiohttp.ClientError: discord_errors.discord_down,
    ConnectionError: discord_errors.discord_down,
    TimeoutError: discord_errors.discord_down,
}

_WRAPPERS = (commands.CommandInvokeError, commands.ConversionError, app_commands.CommandInvokeError)


def unwrap(error: BaseException) -> BaseException:
    """Return what went wrong, out of what discord.py wraps around it."""
    while isinstance(error, _WRAPPERS):
        error = error.original
    return error


def answer_for(error: BaseException, *, prefix: str = "$", job: str | None = None) -> ErrorAnswer:
    """Return what people are told.

    Args:
        error: The exception, wrapped or not.
        prefix: What commands start with here.
        job: The download's short id, where the exception has to do with one.
    """
    error = unwrap(error)
    for cls in type(error).__mro__:
        if cls in _WORDINGS:
            text = _WORDINGS[cls](error)
            return SILENCE if text is None else ErrorAnswer(text=errors.with_prefix(text, prefix))
    return ErrorAnswer(text=errors.internal_error(job), expected=False)
