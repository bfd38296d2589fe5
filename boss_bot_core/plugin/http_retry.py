"""Which requests are sent again at once, and after which pause.

It bridges an interruption of seconds. The queue tries a whole download again, minutes later and in a new worker.
"""

from collections.abc import Callable
from time import sleep
from typing import Final, TypeVar

from boss_bot_core.errors import DownloadFailedError, DownloadTimeoutError, NetworkError, RateLimitError

_ResultT = TypeVar("_ResultT")

_PAUSES_S: Final = (0.5, 2.0)
"""Pauses before the second and the third try."""

_MAX_WAIT_S: Final = 5.0
"""Longest wait that a site may ask for: it is shorter than starting the download again."""


class UntrustedCertificateError(NetworkError):
    """The site's certificate is not one that the bot trusts; the next connection would bring the same one."""


def retry(action: Callable[[], _ResultT]) -> _ResultT:
    """Run an action, and at most twice again after an error that may go away within seconds.

    Raises:
        DownloadFailedError: The last error of the action.
    """
    for pause_s in _PAUSES_S:
        try:
            return action()
        except DownloadFailedError as error:
            wait_s = _find_wait_s(error, pause_s)
            if wait_s is None:
                raise
        sleep(wait_s)
    return action()


def _find_wait_s(error: DownloadFailedError, pause_s: float) -> float | None:
    """Return the seconds to wait before the next try, or None if there is to be none."""
    if isinstance(error, UntrustedCertificateError) or not isinstance(
        error, NetworkError | DownloadTimeoutError | RateLimitError
    ):
        return None
    if error.retry_after_s is None:
        return None if isinstance(error, RateLimitError) else pause_s
    return max(error.retry_after_s, pause_s) if error.retry_after_s <= _MAX_WAIT_S else None
