"""Runs the bot from its start to its end; every way in which that can fail is one sentence."""

import asyncio

import aiohttp
import discord
from loguru import logger

from boss_bot_core.bot.application import set_api_urls
from boss_bot_core.bot.client import BossBot
from boss_bot_core.bot.shutdown import ShutdownSignal
from boss_bot_core.bot.wiring import wire_bot
from boss_bot_core.errors import BossBotError, SettingsError
from boss_bot_core.settings import Settings

_PORTAL = "https://discord.com/developers/applications"
_UNKNOWN_TOKEN = f"Discord does not know this bot token. {_PORTAL} makes a new one, under Bot."
_TOKEN_TAKEN_BACK = 4004
"""The gateway's close code after somebody made a new token while the bot ran."""


class StartError(BossBotError):
    """The bot cannot be run as it is set up."""


class DiscordUnreachableError(BossBotError):
    """Discord cannot be reached; a later start may succeed."""


def missing_token_message() -> SettingsError:
    """Return what to say where there is no token."""
    return SettingsError(
        f"There is no bot token: set BOSS_BOT_TOKEN, or token_file in config.toml. {_PORTAL} has it, under Bot."
    )


async def run_bot(settings: Settings, token: str) -> None:
    """Run the bot until it is told to stop by SIGTERM or SIGINT.

    Args:
        settings: Everything it is built from.
        token: Discord's bot token.

    Raises:
        StartError: The token is wrong, Discord does not let the bot in, or the data folder cannot be used.
        DiscordUnreachableError: There is no way to Discord.
        BossBotError: Something of our own cannot be opened.
    """
    # A header could not carry it: a token file with two lines, for instance.
    if not token.isprintable():
        raise StartError(_UNKNOWN_TOKEN)
    set_api_urls(settings.discord)
    stop = ShutdownSignal()
    with stop.listening():
        try:
            await _run(settings, token)
        except discord.LoginFailure:
            raise StartError(_UNKNOWN_TOKEN) from None
        except discord.PrivilegedIntentsRequired:
            raise StartError(f"Discord allows this application none of the bot's intents; see {_PORTAL}.") from None
        except discord.ConnectionClosed as error:
            if error.code == _TOKEN_TAKEN_BACK:
                raise StartError(_UNKNOWN_TOKEN) from None
            raise StartError(f"Discord closed the connection for good (code {error.code}).") from error
        except (discord.HTTPException, discord.GatewayNotFound) as error:
            raise DiscordUnreachableError(f"Discord does not let me log in: {error}.") from error
        except (aiohttp.ClientError, OSError) as error:
            raise _out_of_reach(settings, error) from error
        except asyncio.CancelledError:
            if not stop.is_asked:
                raise
            logger.bind(action="stop").info("Stopped.")


def _out_of_reach(settings: Settings, error: Exception) -> BossBotError:
    # What a file is the matter with has nothing to do with Discord.
    if isinstance(error, OSError) and error.filename is not None:
        return StartError(f"{error.filename} cannot be used: {error.strerror}.")
    return DiscordUnreachableError(f"{settings.discord.discord_api_url} cannot be reached: {error}.")


async def _run(settings: Settings, token: str) -> None:
    try:
        async with BossBot(settings, wire_bot) as bot:
            await bot.start(token)
    except discord.PrivilegedIntentsRequired:
        logger.bind(action="start").warning(
            "The Message Content intent is switched off: typed commands work only where the bot is mentioned. "
            "Switch it on at {} under Bot, “Message Content Intent”.",
            _PORTAL,
        )
        async with BossBot(settings, wire_bot, message_content=False) as bot:
            await bot.start(token)
