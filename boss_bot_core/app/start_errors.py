"""Tells in one sentence why a start fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from boss_bot_core.errors import DiskFullError, SettingsError, find_machine_error


@contextmanager
def translate_start_errors(folder: Path | None = None) -> Iterator[None]:
    """Raise a `SettingsError` of one sentence in place of an operating system error.

    Args:
        folder: The folder that the error is about, if it names no file.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        # Of two names, the second one is the new file.
        place = error.filename2 or error.filename or folder
        if place is None:
            raise SettingsError(f"This machine does not let boss-bot start: {reason}.") from error
        is_full = isinstance(find_machine_error(error), DiskFullError)
        advice = "Free some space." if is_full else "Let data_dir name a folder of the user who runs boss-bot."
        raise SettingsError(f"{place} cannot be used: {reason}. {advice}") from error
