"""Insert or update in one statement, which both databases can and SQLAlchemy has two words for.

Rows of `download_items` as `DownloadItem`s and back.
Column names are the item's attribute names; only the destination, which is a value of its own, is two columns.
"""

from typing import Any

import attrs
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from boss_bot_core.domain.items import Destination, DownloadItem

_Insert = sqlite.Insert | postgresql.Insert


async def upsert(
    connection: AsyncConnection, table: sa.Table, values: dict[str, Any], on_conflict: dict[str, Any] | None = None
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
    if on_conflict is None:
        on_conflict = {name: insert.excluded[name] for name in values if name not in keys}
    if on_conflict:
        await connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=on_conflict))
    else:
        await connection.execute(insert.on_conflict_do_nothing(index_elements=keys))


def _insert(connection: AsyncConnection, table: sa.Table) -> _Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def to_item(row: sa.RowMapping) -> DownloadItem:
    """Return the item that a whole row holds."""
    values: dict[str, Any] = dict(row)
    del values["content_key"]
    destination = Destination(kind=values.pop("destination_kind"), target=values.pop("destination_target"))
    return DownloadItem(destination=destination, **values)


def to_row(item: DownloadItem) -> dict[str, Any]:
    """Return every column of `item`."""
    values: dict[str, Any] = attrs.asdict(item, recurse=False)
    destination: Destination = values.pop("destination")
    return values | {
        "destination_kind": destination.kind,
        "destination_target": destination.target,
        "content_key": item.options.content_key,
    }


def list_changes(before: DownloadItem, after: DownloadItem) -> dict[str, Any]:
    """Return the columns in which `after` differs from `before`."""
    old = to_row(before)
    return {name: value for name, value in to_row(after).items() if value != old[name]}
