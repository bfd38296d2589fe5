"""The errors of the database, each with one sentence for the operator."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from boss_bot_core.errors import BossBotError


class DatabaseError(BossBotError):
    """The database cannot be used."""


class DatabaseUrlError(DatabaseError):
    """The URL names no supported database, or one whose driver is not installed."""


class DatabaseNewerError(DatabaseError):
    """A newer version of this program has migrated the database."""


class DatabaseUnreachableError(DatabaseError):
    """The database server cannot be reached; a later start may succeed."""


class RowChangedError(DatabaseError):
    """The row has changed since the writer read it, so nothing was written."""


@contextmanager
def translate_errors(engine: AsyncEngine) -> Iterator[None]:
    """Convert the exceptions of a database driver into `DatabaseError`s of one sentence, without a password."""
    try:
        yield
    except DBAPIError as exc:
        shown = engine.url.render_as_string(hide_password=True)
        # Drivers append lines of advice; the message stays one sentence.
        reason = str(exc.orig).partition("\n")[0]
        # SQLite's operational errors concern a file, and waiting does not repair a file.
        is_unreachable = isinstance(exc, OperationalError) and engine.dialect.name != "sqlite"
        kind = DatabaseUnreachableError if is_unreachable else DatabaseError
        raise kind(f"The database {shown} cannot be used: {reason}.") from exc
