"""What engines print or log becomes events: their terminal is gone, and a flood must end somewhere."""

import io
import logging
import sys

from boss_bot_core.worker.child.reporter import Reporter
from boss_bot_core.worker.messages.events import LOG_LEVELS, LogLevel

_LEVELS: dict[str, LogLevel] = {level: level for level in LOG_LEVELS}
_REST_LIMIT = 4_000
"""Characters of an unfinished line that are kept."""


def capture_output(reporter: Reporter) -> None:
    """Send everything logged, and every printed line, to the reporter."""
    logging.basicConfig(handlers=[_LogSender(reporter)], level=logging.INFO, force=True)
    sys.stdout = _LineSender(reporter, "INFO")
    sys.stderr = _LineSender(reporter, "WARNING")


class _LogSender(logging.Handler):
    def __init__(self, reporter: Reporter) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(name)s: %(message)s"))
        self._reporter = reporter

    def emit(self, record: logging.LogRecord) -> None:
        self._reporter.log(_LEVELS.get(record.levelname, "INFO"), self.format(record))


class _LineSender(io.TextIOBase):
    """A text stream of which every full line is a log line."""

    def __init__(self, reporter: Reporter, level: LogLevel) -> None:
        self._reporter = reporter
        self._level = level
        self._rest = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        *lines, self._rest = (self._rest + text).split("\n")
        for line in filter(str.strip, lines):
            self._reporter.log(self._level, line)
        # A flood without a line break must not grow the worker.
        self._rest = self._rest[-_REST_LIMIT:]
        return len(text)
