"""Tables that map a site's error codes to typed errors, pages that want a login, and logged error numbers."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from boss_bot_core.plugin import (
    AuthRequiredError,
    DownloadFailedError,
    explain_text,
    find_machine_error,
    is_page,
)
from boss_bot_gallerydl._traffic import TrafficRecord

CodeT = TypeVar("CodeT", int, str)

ErrorTable = Mapping[CodeT, tuple[type[DownloadFailedError], str]]
"""Error class and message by a site's error code."""


def build_error(table: ErrorTable[CodeT], code: CodeT) -> DownloadFailedError | None:
    """Return the error that a table has for a code, or None."""
    if code not in table:
        return None
    error_class, message = table[code]
    return error_class(message)


def find_login_error(traffic: TrafficRecord) -> DownloadFailedError | None:
    """Return the error for a page that wants a login in place of what was asked for, or None."""
    found = traffic.response
    error = explain_text(found.body, found.url, has_no_media=True) if found and is_page(found.body) else None
    return error if isinstance(error, AuthRequiredError) else None


_ERRNO: Final = re.compile(r"\[Errno (\d+)\]")


def find_logged_error(messages: Iterable[str]) -> DownloadFailedError | None:
    """Return the error of this machine that the engine's log messages tell: gallery-dl raises a full disk only."""
    numbers = (int(number) for message in messages for number in _ERRNO.findall(message))
    return next(filter(None, (find_machine_error(OSError(number, "")) for number in numbers)), None)
