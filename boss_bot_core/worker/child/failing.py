"""A worker's exception on its way to the bot: ours stay what they are, foreign ones become a broken engine."""

import errno
import traceback

from boss_bot_core.errors import (
    DiskFullError,
    DownloadFailedError,
    EngineBrokenError,
    FileTooLargeError,
    report_of,
)
from boss_bot_core.worker.messages import JobBroke

_CAUSE_LIMIT = 500
"""Characters of a cause, which can be a whole page of the site."""


def as_last_word(error: BaseException) -> JobBroke:
    """Return the failure as the worker's last word: a bug with its traceback, an expected one with its cause."""
    if isinstance(error, DownloadFailedError) and not isinstance(error, EngineBrokenError):
        cause = error.__cause__
        return JobBroke(report=report_of(error, detail=None if cause is None else _in_one_line(cause)))
    return JobBroke(report=report_of(_typed(error), detail=_text(error)))


def _typed(error: BaseException) -> DownloadFailedError:
    if isinstance(error, DownloadFailedError):
        return error
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFullError("The bot's disk is full.")
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return FileTooLargeError("A file grew larger than the bot allows.")
    if isinstance(error, MemoryError):
        return EngineBrokenError("The engine used more memory than a download may.")
    return EngineBrokenError(f"The engine broke ({type(error).__name__}).")


def _in_one_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:_CAUSE_LIMIT]


def _text(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))
