"""Insert or update in one statement, which both databases can and SQLAlchemy has two words for."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

_Insert = sqlite.Insert | postgresql.Insert


async def upsert(
    connection: AsyncConnection, table: sa.Table, values: dict[str, Any], change: dict[str, Any] | None = None
) -> None:
    """Insert a row, or change the one with the same primary key.

    Args:
        connection: A writing transaction's.
        table: The table.
        values: The whole row.
        change: What becomes of a row that is there already; every other column of `values` where it is not given.
            With an empty change that row stays as it is.
    """
    keys = [column.name for column in table.primary_key]
    insert = _insert(connection, table).values(values)
    if change is None:
        change = {name: insert.excluded[name] for name in values if name not in keys}
    if change:
        await connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=change))
    else:
        await connection.execute(insert.on_conflict_do_nothing(index_elements=keys))


def _insert(connection: AsyncConnection, table: sa.Table) -> _Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
