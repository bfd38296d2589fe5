"""The setup of logging: a console sink and a rotating file sink, both behind one redactor."""

import contextlib
import logging
import os
import sys
from collections.abc import Collection
from urllib.parse import unquote, urlsplit

from loguru import logger

from boss_bot_core.domain.cookie_formats import parse_cookie_file
from boss_bot_core.log.bridge import install_bridge
from boss_bot_core.log.format import build_console_format, build_json_format, build_patcher
from boss_bot_core.log.redaction import Redactor
from boss_bot_core.settings import Settings

LOG_NAME = "boss-bot.jsonl"
_REDACTOR = Redactor()
"""The redactor of this process, whose log has one setup at a time."""
_DEVELOPMENT = frozenset({"TRACE", "DEBUG"})
# Levels of the libraries where they differ from the bot's: their details do not help to find a bug of the bot.
_LIBRARY_LEVELS = {"TRACE": logging.DEBUG, "DEBUG": logging.INFO, "SUCCESS": logging.INFO}


def set_up_logging(
    settings: Settings, *, console_level: str | None = None, file_only: Collection[str] = ()
) -> Redactor:
    """Log to the console and into the log folder; another call replaces the previous setup.

    Args:
        settings: Level, rotation and folder of the log, and the secrets to redact.
        console_level: Level of the console; None means the level of the settings.
        file_only: The actions whose records the console shows only at the levels of development.

    Returns:
        The redactor of the log.
    """
    redactor = _REDACTOR
    redactor.forget_secrets()
    redactor.add_secrets(*_collect_secrets(settings))
    level = settings.log.log_level
    development = level in _DEVELOPMENT
    colored = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    logger.remove()
    logger.configure(patcher=build_patcher(redactor))
    hidden = () if development else file_only
    logger.add(
        _write_console,
        level=console_level or level,
        filter=lambda record: record["extra"].get("action") not in hidden,
        format=build_console_format(redactor, development=development, colored=colored),
        colorize=colored,
    )
    _add_file(settings, redactor)
    install_bridge(_LIBRARY_LEVELS.get(level) or logging.getLevelNamesMapping()[level])
    return redactor


def hide_secrets(*secrets: str) -> None:
    """Redact secrets that became known after the log was set up."""
    _REDACTOR.add_secrets(*secrets)


def _write_console(message: str) -> None:
    # `sys.stderr` is looked up for each message, because a progress bar replaces it.
    sys.stderr.write(message)


def _add_file(settings: Settings, redactor: Redactor) -> None:
    folders = settings.storage.folders
    folder = folders.logs
    try:
        # The data folder may not exist yet; `mkdir` applies the mode only to the last folder, not to its parents.
        for private in (folders.data, folder):
            private.mkdir(mode=0o700, parents=True, exist_ok=True)
        logger.add(
            folder / LOG_NAME,
            level=settings.log.log_level,
            format=build_json_format(redactor),
            rotation=settings.log.log_rotation_bytes,
            retention=settings.log.log_files_kept,
            # Other commands may run beside the bot: each process reopens the file when another one has rotated it.
            watch=True,
            encoding="utf-8",
            opener=lambda path, flags: os.open(path, flags, 0o600),
        )
    except OSError as error:
        logger.warning("There is no log file: {} ({}).", folder, error.strerror)


def _collect_secrets(settings: Settings) -> list[str]:
    token, proxy = settings.bot.token, urlsplit(settings.discord.discord_proxy or "")
    found = [token.get_secret_value()] if token is not None else []
    found += [proxy.password, unquote(proxy.password)] if proxy.password else []
    for file in settings.download.cookies.values():
        # A file that went away after the settings were loaded contains no secrets to redact.
        with contextlib.suppress(OSError):
            found += parse_cookie_file(file.read_bytes()).values
    return found
