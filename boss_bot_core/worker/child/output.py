"""Sends what plugins and engines print, log and warn to the bot: a worker has no terminal."""

import io
import logging
import sys
import traceback
from bisect import bisect_right
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from loguru import logger

from boss_bot_core.worker.child.reporter import Reporter
from boss_bot_core.worker.messages.events import PLUGIN_LOG_LEVELS, PluginLogLevel

if TYPE_CHECKING:
    from loguru import Message

_PARTIAL_LINE_LIMIT_CHARS = 4_000
"""Characters that are kept of a line without its end."""


def prepare_output() -> None:
    """Let loguru find the library folders before a fork: it searches them for each sink, half of a worker's setup."""
    name = "_get_lib_dirs"
    with suppress(ImportError, AttributeError):  # another version may search in another way
        from loguru._better_exceptions import ExceptionFormatter  # noqa: PLC0415 - see above

        found = getattr(ExceptionFormatter, name)()
        setattr(ExceptionFormatter, name, staticmethod(lambda: found))


def capture_output(reporter: Reporter) -> None:
    """Send every printed line and every record of loguru, of the standard library and of warnings to the reporter.

    The standard library's records are sent from INFO on, because engines log each request at DEBUG; a plugin can lower
    the level of its own logger.
    """
    logging.basicConfig(handlers=[_LogSender(reporter)], level=logging.INFO, force=True)
    logging.captureWarnings(True)
    logger.remove()
    logger.add(_build_loguru_sink(reporter), level="DEBUG", format="{message}")
    sys.stdout = _LineSender(reporter, "INFO")
    sys.stderr = _LineSender(reporter, "WARNING")


def _find_level(number: int) -> PluginLogLevel:
    """Return the nearest standard level that is not above `number`; both logging libraries count alike."""
    numbers = [logging.getLevelNamesMapping()[level] for level in PLUGIN_LOG_LEVELS]
    return PLUGIN_LOG_LEVELS[max(0, bisect_right(numbers, number) - 1)]


def _format_exception(error: BaseException | None) -> str | None:
    return None if error is None else "".join(traceback.format_exception(error))


def _build_loguru_sink(reporter: Reporter) -> Callable[["Message"], None]:
    def send(message: "Message") -> None:
        record = message.record
        error = record["exception"].value if record["exception"] else None
        reporter.log(_find_level(record["level"].no), record["message"], _format_exception(error))

    return send


class _LogSender(logging.Handler):
    def __init__(self, reporter: Reporter) -> None:
        super().__init__()
        self._reporter = reporter

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        message = f"{record.name}: {record.getMessage()}"
        self._reporter.log(_find_level(record.levelno), message, _format_exception(error))


class _LineSender(io.TextIOBase):
    """A text stream that sends every complete line as a log line."""

    def __init__(self, reporter: Reporter, level: PluginLogLevel) -> None:
        self._reporter = reporter
        self._level = level
        self._partial_line = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        *lines, self._partial_line = (self._partial_line + text).split("\n")
        for line in filter(str.strip, lines):
            self._reporter.log(self._level, line)
        # Endless output without a line break must not grow the worker's memory.
        self._partial_line = self._partial_line[-_PARTIAL_LINE_LIMIT_CHARS:]
        return len(text)
