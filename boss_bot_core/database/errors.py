"""What can be wrong with the database itself, each told in one sentence."""

from boss_bot_core.errors import BossBotError


class DatabaseError(BossBotError):
    """The database cannot be used."""


class DatabaseUrlError(DatabaseError):
    """The URL names no database that this program can use, or one whose driver is not installed."""


class DatabaseNewerError(DatabaseError):
    """A newer version of this program has changed the database since."""


class RowChangedError(DatabaseError):
    """The row is not as the writer saw it, so nothing was written."""
