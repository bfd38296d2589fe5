"""The errors of the database, each with one sentence for the operator."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy.exc import DBAPIError, OperationalError

from boss_bot_core.database.async_engine import AsyncEngine
from boss_bot_core.errors import BossBotError, DiskFullError, find_machine_error

_FILE_CODES = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
)
_TRIAL_BYTES = 64 * 1024
_POSTGRES_DISK_FULL = "53100"


class DatabaseError(BossBotError):
    """The database cannot be used."""


class DatabaseUrlError(DatabaseError):
    """The URL names no supported database, or one whose driver is not installed."""


class DatabaseNewerError(DatabaseError):
    """A newer version of this program has migrated the database."""


class DatabaseUnreachableError(DatabaseError):
    """The database server cannot be reached; a later start may succeed."""


class DatabaseFullError(DatabaseError, DiskFullError):
    """The disk of the database is full. Where it concerns a download, it is the download's error."""


class RowChangedError(DatabaseError):
    """The row has changed since the writer read it, so nothing was written."""


def build_sqlite_error(path: Path, error: sqlite3.Error) -> DatabaseError:
    """Return the error for an error of SQLite; the reason is found by a trial, because its messages seldom tell it."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    reason = _find_write_error(path.parent) if code in _FILE_CODES else None
    full = find_machine_error(reason)
    if code == sqlite3.SQLITE_FULL or isinstance(full, DiskFullError):
        told = full.message.rstrip(".") if isinstance(full, DiskFullError) else "The bot's disk is full"
        return DatabaseFullError(f"{told}, its database cannot be written.")
    told = f"{error}" if reason is None else f"{error} ({reason.strerror})"
    return DatabaseError(f"The database {path} cannot be used: {told}.")


def _find_write_error(folder: Path) -> OSError | None:
    try:
        with TemporaryFile(dir=folder, buffering=0) as file:
            file.write(bytes(_TRIAL_BYTES))
    except OSError as exc:
        return exc
    return None


@contextmanager
def translate_errors(engine: AsyncEngine) -> Iterator[None]:
    """Convert the exceptions of a database driver into `DatabaseError`s of one sentence, without a password."""
    try:
        yield
    except DBAPIError as exc:
        if isinstance(exc.orig, sqlite3.Error):
            raise build_sqlite_error(Path(str(engine.url.database)), exc.orig) from exc
        if getattr(exc.orig, "sqlstate", None) == _POSTGRES_DISK_FULL:
            raise DatabaseFullError("The disk of the bot's database is full.") from exc
        shown = engine.url.render_as_string(hide_password=True)
        # Drivers append lines of advice; the message stays one sentence.
        reason = str(exc.orig).partition("\n")[0]
        kind = DatabaseUnreachableError if isinstance(exc, OperationalError) else DatabaseError
        raise kind(f"The database {shown} cannot be used: {reason}.") from exc
