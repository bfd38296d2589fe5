"""HTTP statuses as typed errors.

Apart from the rest of the translation because it is the one part that holds for every site.
"""

import math
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

from boss_bot_core.plugin import (
    AuthRequiredError,
    DownloadFailedError,
    NetworkError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)
from boss_bot_gallerydl.evidence import Answer

LONGEST_WAIT_S: Final = 6 * 3600.0
"""No site's word holds a download back for longer."""


_MEANINGS: Final[Mapping[int, tuple[type[DownloadFailedError], str]]] = {
    401: (AuthRequiredError, "{host} wants a login."),
    403: (PermissionDeniedError, "{host} does not let us see this."),
    404: (NotFoundError, "{host} does not have this (any more)."),
    408: (NetworkError, "{host} took too long to answer."),
    410: (NotFoundError, "{host} does not have this any more."),
    425: (NetworkError, "{host} took too long to answer."),
    429: (RateLimitError, "{host} asks us to slow down."),
    451: (PermissionDeniedError, "{host} may not show this here, for legal reasons."),
    500: (NetworkError, "{host} has trouble right now (HTTP {status})."),
}
"""What each status means; 500 stands for everything above it too."""


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Return the seconds after which a site wants to be asked again, or None when it does not say.

    Understands `Retry-After` (seconds or a date), X's `x-rate-limit-reset` (a moment) and Reddit's `x-ratelimit-reset`
    (seconds).
    """
    value = headers.get("Retry-After")
    if value is not None:
        seconds = _number(value)
        return _sane(seconds if seconds is not None else _until(value))
    if (moment := _number(headers.get("x-rate-limit-reset"))) is not None:
        return _sane(moment - time.time())
    return _sane(_number(headers.get("x-ratelimit-reset")))


def _sane(seconds: float | None) -> float | None:
    return None if seconds is None or math.isnan(seconds) else min(max(seconds, 0.0), LONGEST_WAIT_S)


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _until(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp() - time.time()
    except ValueError:
        return None


def error_for(answer: Answer) -> DownloadFailedError | None:
    """Return what an answer's status means, or None when the status says nothing about the download's end."""
    meaning = _MEANINGS.get(min(answer.status, 500))
    if meaning is None:
        return None
    kind, sentence = meaning
    text = sentence.format(host=answer.host, status=answer.status)
    return kind(text, retry_after_s=retry_after_s(answer.headers) if kind.retryable else None)
