"""Rows of `download_items` as `DownloadItem`s and back.

Column names are the item's attribute names; only the destination, which is a value of its own, is two columns.
"""

from typing import Any

import attrs
import sqlalchemy as sa

from boss_bot_core.domain.items import Destination, DownloadItem


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


def changes(before: DownloadItem, after: DownloadItem) -> dict[str, Any]:
    """Return the columns in which `after` differs from `before`."""
    old = to_row(before)
    return {name: value for name, value in to_row(after).items() if value != old[name]}
