"""What a transaction offers: one store for each kind of thing kept.

Rooms outside `database` see these instead of a connection, so that no SQL and no SQLAlchemy leaves the room. A new
store (users, guilds, deliveries) becomes one more attribute of both classes.
"""

from typing import Self

import attrs
from sqlalchemy.ext.asyncio import AsyncConnection

from boss_bot_core.database.files import FileReader, FileStore
from boss_bot_core.database.item_store import ItemStore
from boss_bot_core.database.items import ItemReader


@attrs.frozen
class Reading:
    """One consistent view of the database."""

    items: ItemReader
    files: FileReader

    @classmethod
    def over(cls, connection: AsyncConnection) -> Self:
        """Return the stores that use `connection`."""
        return cls(items=ItemReader(connection), files=FileReader(connection))


@attrs.frozen
class Writing:
    """A transaction that may write; all of it happens, or nothing."""

    items: ItemStore
    files: FileStore

    @classmethod
    def over(cls, connection: AsyncConnection) -> Self:
        """Return the stores that use `connection`."""
        return cls(items=ItemStore(connection), files=FileStore(connection))
