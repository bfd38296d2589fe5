"""What engines print or log becomes events: their terminal is gone, and a flood must end somewhere.

A worker's exception on its way to the bot: ours stay what they are, foreign ones become a broken engine.
"""

import errno
import io
import logging
import sys
import traceback

from boss_bot_core.errors import DiskFullError, DownloadFailedError, EngineBrokenError, FileTooLargeError, report_of
from boss_bot_core.worker.child.reporter import Reporter
from boss_bot_core.worker.messages import HookFailed
from boss_bot_core.worker.messages.events import LOG_LEVELS, LogLevel

_LEVELS: dict[str, LogLevel] = {level: level for level in LOG_LEVELS}
_PARTIAL_LINE_LIMIT_CHARS = 4_000
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
        self._partial_line = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        *lines, self._partial_line = (self._partial_line + text).split("\n")
        for line in filter(str.strip, lines):
            self._reporter.log(self._level, line)
        # A flood without a line break must not grow the worker.
        self._partial_line = self._partial_line[-_PARTIAL_LINE_LIMIT_CHARS:]
        return len(text)


_CAUSE_LIMIT_CHARS = 500
"""Characters of a cause, which can be a whole page of the site."""


def to_hook_failed(error: BaseException) -> HookFailed:
    """Return the failure as the worker's last word: a bug with its traceback, an expected one with its cause."""
    if isinstance(error, DownloadFailedError) and not isinstance(error, EngineBrokenError):
        cause = error.__cause__
        return HookFailed(report=report_of(error, detail=None if cause is None else _format_cause(cause)))
    return HookFailed(report=report_of(_to_typed_error(error), detail=_format_traceback(error)))


def _to_typed_error(error: BaseException) -> DownloadFailedError:
    if isinstance(error, DownloadFailedError):
        return error
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFullError("The bot's disk is full.")
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return FileTooLargeError("A file grew larger than the bot allows.")
    if isinstance(error, MemoryError):
        return EngineBrokenError("The engine used more memory than a download may.")
    return EngineBrokenError(f"The engine broke ({type(error).__name__}).")


def _format_cause(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:_CAUSE_LIMIT_CHARS]


def _format_traceback(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))
