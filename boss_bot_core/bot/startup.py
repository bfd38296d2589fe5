"""Runs the bot from login to shutdown, and turns every failure of the start into one sentence."""

import asyncio
from functools import partial
from http import HTTPStatus

import aiohttp
import discord
from loguru import logger

from boss_bot_core.bot.application import build_proxy_options, set_api_urls, shorten_gateway_errors
from boss_bot_core.bot.client import BossBot, WireBot
from boss_bot_core.bot.shutdown import ShutdownSignal
from boss_bot_core.bot.wiring import wire_bot
from boss_bot_core.concurrency import run_cancellable
from boss_bot_core.errors import BossBotError, SettingsError, find_machine_error, find_network_error
from boss_bot_core.settings import Settings
from boss_bot_core.worker import Zygote

_PORTAL = "https://discord.com/developers/applications"
_UNKNOWN_TOKEN = f"Discord does not know this bot token. {_PORTAL} makes a new one, under Bot."
_TOKEN_RESET = 4004
"""The gateway's close code after the token was reset while the bot ran."""


class StartError(BossBotError):
    """The bot cannot run with this configuration; another start fails the same way."""


class DiscordUnreachableError(BossBotError):
    """Discord cannot be reached; a later start may succeed."""


def missing_token_error() -> SettingsError:
    """Return the error for a missing token."""
    return SettingsError(
        f"There is no bot token: set BOSS_BOT_TOKEN, or token_file in config.toml. {_PORTAL} has it, under Bot."
    )


async def run_bot(settings: Settings, token: str, zygote: Zygote) -> None:
    """Run the bot until SIGTERM, SIGINT or SIGHUP.

    Args:
        settings: The settings that everything is built from.
        token: Discord's bot token.
        zygote: The zygote, which may still be loading the plugins.

    Raises:
        StartError: The token is wrong, Discord refuses the bot, or the data folder cannot be used.
        DiscordUnreachableError: Discord cannot be reached.
        BossBotError: A part of the app cannot be opened.
    """
    # A header cannot carry such a token, for example one from a file with two lines.
    if not token.isprintable():
        raise StartError(_UNKNOWN_TOKEN)
    set_api_urls(settings.discord)
    shorten_gateway_errors()
    stop = ShutdownSignal()
    with stop.listening():
        try:
            await _run(settings, token, partial(wire_bot, zygote=zygote))
        except discord.LoginFailure:
            raise StartError(_UNKNOWN_TOKEN) from None
        except discord.PrivilegedIntentsRequired:
            raise StartError(f"Discord allows this application none of the bot's intents; see {_PORTAL}.") from None
        except discord.ConnectionClosed as error:
            if error.code == _TOKEN_RESET:
                raise StartError(_UNKNOWN_TOKEN) from None
            raise StartError(f"Discord closed the connection for good (code {error.code}).") from error
        except (discord.HTTPException, discord.GatewayNotFound) as error:
            raise DiscordUnreachableError(f"Discord does not let me log in: {error}.") from error
        except (aiohttp.ClientError, OSError) as error:
            raise _to_start_error(settings, error) from error
        except asyncio.CancelledError:
            if not stop.is_requested:
                raise
            logger.bind(action="stop").info("Stopped.")


def _to_start_error(settings: Settings, error: Exception) -> BossBotError:
    if isinstance(error, aiohttp.ClientProxyConnectionError | aiohttp.ClientHttpProxyError):
        return _to_proxy_error(settings, error)
    is_network = isinstance(error, aiohttp.ClientError) or find_network_error(error) is not None
    if is_network and find_machine_error(error) is None:
        return DiscordUnreachableError(f"{settings.discord.discord_api_url} cannot be reached: {error}.")
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    cause = getattr(error, "filename", None)
    return StartError(f"{cause} cannot be used: {reason}." if cause else f"This machine lets nothing start: {reason}.")


def _to_proxy_error(
    settings: Settings, error: aiohttp.ClientProxyConnectionError | aiohttp.ClientHttpProxyError
) -> BossBotError:
    proxy = f"The proxy {build_proxy_options(settings.discord)['proxy']} of discord_proxy"
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return DiscordUnreachableError(f"{proxy} cannot be reached: {error.os_error.strerror}.")
    if error.status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return StartError(f"{proxy} does not accept the user and the password there.")
    return DiscordUnreachableError(f"{proxy} does not connect me to Discord: it answered {error.status}.")


async def _run(settings: Settings, token: str, wire: WireBot) -> None:
    try:
        async with BossBot(settings, wire) as bot:
            await run_cancellable(bot.start(token))
    except discord.PrivilegedIntentsRequired:
        logger.bind(action="start").warning(
            "The Message Content intent is switched off: typed commands work only where the bot is mentioned. "
            "Switch it on at {} under Bot, “Message Content Intent”.",
            _PORTAL,
        )
        async with BossBot(settings, wire, message_content=False) as bot:
            await run_cancellable(bot.start(token))
