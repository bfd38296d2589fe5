"""The standard library's logging, which discord.py, SQLAlchemy and aiohttp use, led into loguru."""

import logging
from typing import TYPE_CHECKING

from loguru import logger

if TYPE_CHECKING:
    from loguru import Record


_CHATTY = ("alembic",)
"""Libraries whose information is of no use to anybody: eleven lines at a first start. Their warnings are."""


class LoguruHandler(logging.Handler):
    """Hands every record on, as if it had been logged where it came from."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log a record."""

        def place(entry: "Record") -> None:
            entry["name"], entry["function"], entry["line"] = record.name, record.funcName, record.lineno

        logger.patch(place).opt(exception=record.exc_info).log(_level(record), "{}", record.getMessage())


def lead_here(level: int) -> None:
    """Lead every standard logger's records here, from `level` on (a number as `logging` has them)."""
    logging.root.handlers = [LoguruHandler()]
    logging.root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _level(record: logging.LogRecord) -> str | int:
    try:
        return logger.level(record.levelname).name
    except ValueError:
        return record.levelno
