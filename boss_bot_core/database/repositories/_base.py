"""Base class and helpers of the repositories: the upsert statement, and the conversion between items and rows.

The columns have the names of the item's attributes, except for the destination: one attribute, stored as two columns.
"""

from typing import TYPE_CHECKING, Any

import attrs
import sqlalchemy as sa

from boss_bot_core.database.async_engine import AsyncConnection
from boss_bot_core.domain.items import Destination, DownloadItem

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


class Repository:
    """Base of all repositories: runs its statements on the connection of one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection


async def upsert(
    connection: AsyncConnection, table: sa.Table, values: dict[str, Any], on_conflict: dict[str, Any] | None = None
) -> None:
    """Insert a row, or update the existing row with the same primary key, in one statement.

    Args:
        connection: The connection of a transaction that may write.
        table: The table.
        values: All columns of the row.
        on_conflict: The columns to update in an existing row; None updates all columns of `values` outside the key,
            and an empty dictionary leaves the row unchanged.
    """
    keys = [column.name for column in table.primary_key]
    insert = _insert(connection, table).values(values)
    if on_conflict is None:
        on_conflict = {name: insert.excluded[name] for name in values if name not in keys}
    if on_conflict:
        await connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=on_conflict))
    else:
        await connection.execute(insert.on_conflict_do_nothing(index_elements=keys))


def _insert(connection: AsyncConnection, table: sa.Table) -> "sqlite.Insert | postgresql.Insert":
    # Both databases know ON CONFLICT, but SQLAlchemy offers it only in the inserts of the two dialects. The import of
    # PostgreSQL's takes as long as that of all our modules for the database.
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - see above

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite  # noqa: PLC0415 - like the other one

    return sqlite.insert(table)


def row_to_item(row: sa.RowMapping) -> DownloadItem:
    """Return the item of a whole row."""
    values: dict[str, Any] = dict(row)
    del values["content_key"]
    destination = Destination(kind=values.pop("destination_kind"), target=values.pop("destination_target"))
    return DownloadItem(destination=destination, **values)


def item_to_row(item: DownloadItem) -> dict[str, Any]:
    """Return every column of the row of `item`."""
    values: dict[str, Any] = attrs.asdict(item, recurse=False)
    destination: Destination = values.pop("destination")
    return values | {
        "destination_kind": destination.kind,
        "destination_target": destination.target,
        "content_key": item.options.content_key,
    }


def list_changes(before: DownloadItem, after: DownloadItem) -> dict[str, Any]:
    """Return the columns of `after` that differ from those of `before`."""
    old = item_to_row(before)
    return {name: value for name, value in item_to_row(after).items() if value != old[name]}
