"""What can be wrong with the database itself, each told in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from boss_bot_core.errors import BossBotError


class DatabaseError(BossBotError):
    """The database cannot be used."""


class DatabaseUrlError(DatabaseError):
    """The URL names no database that this program can use, or one whose driver is not installed."""


class DatabaseNewerError(DatabaseError):
    """A newer version of this program has changed the database since."""


class DatabaseUnreachableError(DatabaseError):
    """The database's server cannot be reached; a later start may succeed."""


class RowChangedError(DatabaseError):
    """The row is not as the writer saw it, so nothing was written."""


@contextmanager
def translate_errors(engine: AsyncEngine) -> Iterator[None]:
    """Raise what a driver raises as ours, in one sentence and without a password."""
    try:
        yield
    except DBAPIError as exc:
        shown = engine.url.render_as_string(hide_password=True)
        # Drivers add lines of their own advice; people are shown one sentence.
        reason = str(exc.orig).partition("\n")[0]
        # SQLite's operational errors are about a file, which no waiting mends.
        is_away = isinstance(exc, OperationalError) and engine.dialect.name != "sqlite"
        kind = DatabaseUnreachableError if is_away else DatabaseError
        raise kind(f"The database {shown} cannot be used: {reason}.") from exc
