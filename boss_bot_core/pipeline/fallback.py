"""Which of several plugins' failures a person is told: pure."""

from collections.abc import Sequence

from boss_bot_core.errors import DownloadFailedError, NothingFoundError, UnsupportedUrlError


def most_telling(errors: Sequence[DownloadFailedError]) -> DownloadFailedError:
    """Return the failure that says most: not "unsupported", not "nothing found" if there is another, else the first.

    Args:
        errors: One of every candidate that was tried, in order; at least one.
    """
    return min(errors, key=_silence)


def _silence(error: DownloadFailedError) -> int:
    if isinstance(error, UnsupportedUrlError):
        return 2
    return 1 if isinstance(error, NothingFoundError) else 0
