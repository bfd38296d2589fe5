"""Turns an engine's output and exceptions into messages: printed and logged lines, and the failure of the job.

The worker has no terminal. The errors of `boss_bot_core.errors` are reported as they are; any other exception becomes
`EngineBrokenError` or a more specific error.
"""

import io
import logging
import sys
import traceback

from boss_bot_core.errors import (
    DownloadFailedError,
    EngineBrokenError,
    build_report,
    find_machine_error,
    find_network_error,
)
from boss_bot_core.worker.child.reporter import Reporter
from boss_bot_core.worker.messages import HookFailed
from boss_bot_core.worker.messages.events import PLUGIN_LOG_LEVELS, PluginLogLevel

_LEVELS: dict[str, PluginLogLevel] = {level: level for level in PLUGIN_LOG_LEVELS}
_PARTIAL_LINE_LIMIT_CHARS = 4_000
"""Characters that are kept of a line without its end."""


def capture_output(reporter: Reporter) -> None:
    """Send every logged record and every printed line to the reporter."""
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


_CAUSE_LIMIT_CHARS = 500
"""Characters that are kept of a cause, which can contain a whole page of the site."""


def to_hook_failed(error: BaseException) -> HookFailed:
    """Return the job's result for an exception: an expected error with its cause, a bug with its traceback."""
    if isinstance(error, DownloadFailedError) and not isinstance(error, EngineBrokenError):
        cause = error.__cause__
        return HookFailed(report=build_report(error, detail=None if cause is None else _format_cause(cause)))
    return HookFailed(report=build_report(_to_typed_error(error), detail=_format_traceback(error)))


def _to_typed_error(error: BaseException) -> DownloadFailedError:
    if isinstance(error, DownloadFailedError):
        return error
    if found := find_machine_error(error) or find_network_error(error):
        return found
    if isinstance(error, MemoryError):
        return EngineBrokenError("The engine used more memory than a download may.")
    return EngineBrokenError(f"The engine broke ({type(error).__name__}).")


def _format_cause(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:_CAUSE_LIMIT_CHARS]


def _format_traceback(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))
