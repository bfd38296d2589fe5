"""What can be wrong with the database itself, each told in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from boss_bot_core.errors import BossBotError


class DatabaseError(BossBotError):
    """The database cannot be used."""


class DatabaseUrlError(DatabaseError):
    """The URL names no database that this program can use, or one whose driver is not installed."""


class DatabaseNewerError(DatabaseError):
    """A newer version of this program has changed the database since."""


class RowChangedError(DatabaseError):
    """The row is not as the writer saw it, so nothing was written."""


@contextmanager
def failures_told(engine: AsyncEngine) -> Iterator[None]:
    """Raise what a driver raises as ours, in one sentence and without a password."""
    try:
        yield
    except DBAPIError as exc:
        shown = engine.url.render_as_string(hide_password=True)
        # Drivers add lines of their own advice; people are shown one sentence.
        reason = str(exc.orig).partition("\n")[0]
        raise DatabaseError(f"The database {shown} cannot be used: {reason}.") from exc
