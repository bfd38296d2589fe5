"""Everything that uses SQL: the engine, the tables, their migrations, and the repositories."""

from boss_bot_core.database.database import Database
from boss_bot_core.database.errors import (
    DatabaseError,
    DatabaseFullError,
    DatabaseNewerError,
    DatabaseUnreachableError,
    DatabaseUrlError,
    RowChangedError,
)
from boss_bot_core.database.unit_of_work import ReadUnit, UnitOfWork

__all__ = [
    "Database",
    "DatabaseError",
    "DatabaseFullError",
    "DatabaseNewerError",
    "DatabaseUnreachableError",
    "DatabaseUrlError",
    "ReadUnit",
    "RowChangedError",
    "UnitOfWork",
]
