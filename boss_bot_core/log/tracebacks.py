"""Tracebacks as text: plain for the file; for the console of a developer, with the values of variables."""

import traceback

from better_exceptions import ExceptionFormatter

from boss_bot_core.log.redaction import Redactor

_VALUE_LENGTH = 128


def plain_traceback(error: BaseException, redactor: Redactor) -> str:
    """Return the traceback without the values of variables."""
    return redactor.scrub("".join(traceback.format_exception(error)))


def rich_traceback(error: BaseException, redactor: Redactor, *, colored: bool) -> str:
    """Return the traceback with the values of the variables in each line."""
    formatter = _CleanFormatter(redactor, colored=colored)
    try:
        lines = formatter.format_exception(type(error), error, error.__traceback__)
        return redactor.scrub("".join(lines))
    except Exception:  # noqa: BLE001 - it reads sources and calls foreign __repr__; a log entry must not fail
        return plain_traceback(error, redactor)


class _CleanFormatter(ExceptionFormatter):  # type: ignore[misc]  # comes without types
    def __init__(self, redactor: Redactor, *, colored: bool) -> None:
        super().__init__(colored=colored, max_length=None, pipe_char="│", cap_char="└")
        self._redactor = redactor

    def format_value(self, v: object) -> str:
        # Cut after scrubbing: half a secret would not be recognised.
        text = self._redactor.scrub(super().format_value(v))
        return text if len(text) <= _VALUE_LENGTH else f"{text[:_VALUE_LENGTH]}…"
