"""The standard library's logging, which discord.py, SQLAlchemy and aiohttp use, led into loguru.

Tracebacks as text: plain for the file; for the console of a developer, with the values of variables.
"""

import logging
import traceback
from typing import TYPE_CHECKING

from better_exceptions import ExceptionFormatter
from loguru import logger

from boss_bot_core.log.redaction import Redactor

if TYPE_CHECKING:
    from loguru import Record

_VERBOSE_LIBRARIES = ("alembic",)
"""Libraries whose information is of no use to anybody: eleven lines at a first start. Their warnings are."""


class LoguruHandler(logging.Handler):
    """Hands every record on, as if it had been logged where it came from."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log a record."""

        def place(entry: "Record") -> None:
            entry["name"], entry["function"], entry["line"] = record.name, record.funcName, record.lineno

        logger.patch(place).opt(exception=record.exc_info).log(_find_level(record), "{}", record.getMessage())


def install_bridge(level: int) -> None:
    """Lead every standard logger's records here, from `level` on (a number as `logging` has them)."""
    logging.root.handlers = [LoguruHandler()]
    logging.root.setLevel(level)
    for name in _VERBOSE_LIBRARIES:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _find_level(record: logging.LogRecord) -> str | int:
    try:
        return logger.level(record.levelname).name
    except ValueError:
        return record.levelno


_MAX_VALUE_LENGTH = 128


def format_traceback(error: BaseException, redactor: Redactor) -> str:
    """Return the traceback without the values of variables."""
    return redactor.redact("".join(traceback.format_exception(error)))


def format_rich_traceback(error: BaseException, redactor: Redactor, *, colored: bool) -> str:
    """Return the traceback with the values of the variables in each line."""
    formatter = _RedactingFormatter(redactor, colored=colored)
    try:
        lines = formatter.format_exception(type(error), error, error.__traceback__)
        return redactor.redact("".join(lines))
    except Exception:  # noqa: BLE001 - it reads sources and calls foreign __repr__; a log entry must not fail
        return format_traceback(error, redactor)


class _RedactingFormatter(ExceptionFormatter):  # type: ignore[misc]  # comes without types
    def __init__(self, redactor: Redactor, *, colored: bool) -> None:
        super().__init__(colored=colored, max_length=None, pipe_char="│", cap_char="└")
        self._redactor = redactor

    def format_value(self, v: object) -> str:
        # Cut after scrubbing: half a secret would not be recognised.
        text = self._redactor.redact(super().format_value(v))
        return text if len(text) <= _MAX_VALUE_LENGTH else f"{text[:_MAX_VALUE_LENGTH]}…"
