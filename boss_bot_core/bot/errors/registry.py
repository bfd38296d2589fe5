"""The one registry: for every exception, what people are told.

Pure: an exception in, a text out. The most specific class counts, wherever it stands in the list.
"""

from collections.abc import Callable
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.errors import refused_by_discord, wording
from boss_bot_core.bot.errors.answer import SILENCE, ErrorAnswer
from boss_bot_core.errors import BossBotError, DownloadFailedError
from boss_bot_core.people import SettingRefusedError
from boss_bot_core.queue.errors import QueueError

_Wording = Callable[[Any], str | None]
"""Any, because each takes the exception that it is registered for."""

_WORDINGS: dict[type[Exception], _Wording] = {
    BossBotError: str,
    DownloadFailedError: wording.download_failed,
    QueueError: wording.queue_refused,
    SettingRefusedError: wording.setting_refused,
    # commands that start with a prefix: other bots may share it
    commands.CommandNotFound: refused_by_discord.nothing,
    commands.UserInputError: refused_by_discord.wrong_input,
    commands.CommandOnCooldown: refused_by_discord.too_often,
    commands.MaxConcurrencyReached: refused_by_discord.too_many,
    commands.DisabledCommand: refused_by_discord.switched_off,
    commands.CheckFailure: refused_by_discord.not_allowed,
    commands.NotOwner: refused_by_discord.owners_only,
    commands.MissingPermissions: refused_by_discord.person_lacks,
    commands.BotMissingPermissions: refused_by_discord.bot_lacks,
    commands.NoPrivateMessage: refused_by_discord.servers_only,
    # slash commands and menus
    app_commands.CommandNotFound: refused_by_discord.outdated,
    app_commands.CommandSignatureMismatch: refused_by_discord.outdated,
    app_commands.CommandSyncFailure: refused_by_discord.sync_failed,
    app_commands.TransformerError: refused_by_discord.wrong_value,
    app_commands.CheckFailure: refused_by_discord.not_allowed,
    app_commands.CommandOnCooldown: refused_by_discord.too_often,
    app_commands.MissingPermissions: refused_by_discord.person_lacks,
    app_commands.BotMissingPermissions: refused_by_discord.bot_lacks,
    app_commands.NoPrivateMessage: refused_by_discord.servers_only,
    # Discord's own answers
    discord.Forbidden: refused_by_discord.forbidden,
    discord.NotFound: refused_by_discord.gone,
    discord.HTTPException: refused_by_discord.discord_refused,
    discord.DiscordServerError: refused_by_discord.discord_down,
    discord.RateLimited: refused_by_discord.rate_limited,
    aiohttp.ClientError: refused_by_discord.discord_down,
    ConnectionError: refused_by_discord.discord_down,
    TimeoutError: refused_by_discord.discord_down,
}

_WRAPPERS = (commands.CommandInvokeError, commands.ConversionError, app_commands.CommandInvokeError)


def cause_of(error: BaseException) -> BaseException:
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
    error = cause_of(error)
    for cls in type(error).__mro__:
        if cls in _WORDINGS:
            text = _WORDINGS[cls](error)
            return SILENCE if text is None else ErrorAnswer(text=wording.with_prefix(text, prefix))
    return ErrorAnswer(text=wording.broken(job), expected=False)
