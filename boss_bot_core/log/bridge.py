"""The bridge from the standard library's logging to loguru, and the formatting of tracebacks.

discord.py, SQLAlchemy and aiohttp use the standard library's logging.
"""

import asyncio
import logging
import traceback
from typing import TYPE_CHECKING

from better_exceptions import ExceptionFormatter
from loguru import logger

from boss_bot_core.log.redaction import Redactor

if TYPE_CHECKING:
    from loguru import Record

_LEAST_LEVELS = {"alembic": logging.WARNING, "discord": logging.INFO, "aiosqlite": logging.INFO}
"""The least level of some libraries: Alembic logs eleven useless lines at the first start, discord.py the content of
every message that the bot receives, which is never stored, and aiosqlite the values of every statement."""

_MAX_VALUE_LENGTH = 128
"""Longest value of a variable in a traceback, characters."""


class LoguruHandler(logging.Handler):
    """Passes every record on to loguru, with the name, function and line of its origin."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log a record with loguru."""

        def set_origin(entry: "Record") -> None:
            entry["name"], entry["function"], entry["line"] = record.name, record.funcName, record.lineno

        logger.patch(set_origin).opt(exception=record.exc_info).log(_find_level(record), "{}", record.getMessage())


def install_bridge(level: int) -> None:
    """Pass the records of all standard loggers to loguru, from `level` on (a number of `logging`)."""
    logging.root.handlers = [LoguruHandler()]
    logging.root.setLevel(level)
    for name, least in _LEAST_LEVELS.items():
        logging.getLogger(name).setLevel(max(level, least))


def _find_level(record: logging.LogRecord) -> str | int:
    if record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError):
        # SQLAlchemy reports a connection whose return to the pool was cancelled as an error. It is the end of a task.
        return "DEBUG"
    try:
        return logger.level(record.levelname).name
    except ValueError:
        return record.levelno


def format_traceback(error: BaseException, redactor: Redactor) -> str:
    """Return the traceback without the values of variables, for the log file."""
    return redactor.redact("".join(traceback.format_exception(error)))


def format_rich_traceback(error: BaseException, redactor: Redactor, *, colored: bool) -> str:
    """Return the traceback with the values of the variables in each line, for the console of a developer."""
    formatter = _RedactingFormatter(redactor, colored=colored)
    try:
        lines = formatter.format_exception(type(error), error, error.__traceback__)
        return redactor.redact("".join(lines))
    except Exception:  # noqa: BLE001 - the formatter reads sources and calls any __repr__; logging must not fail
        return format_traceback(error, redactor)


class _RedactingFormatter(ExceptionFormatter):  # type: ignore[misc]  # the library has no types
    def __init__(self, redactor: Redactor, *, colored: bool) -> None:
        super().__init__(colored=colored, max_length=None, pipe_char="│", cap_char="└")
        self._redactor = redactor

    def format_value(self, v: object) -> str:
        # The value is cut after the redaction, because half a secret would not be recognised.
        text = self._redactor.redact(super().format_value(v))
        return text if len(text) <= _MAX_VALUE_LENGTH else f"{text[:_MAX_VALUE_LENGTH]}…"
