"""What a transaction offers: one store for each kind of thing kept.

Rooms outside `database` see these instead of a connection, so that no SQL and no SQLAlchemy leaves the room. A new
store becomes one more attribute of both classes.
"""

from typing import Self

import attrs
from sqlalchemy.ext.asyncio import AsyncConnection

from boss_bot_core.database.repositories.files import FileReader, FileWriter
from boss_bot_core.database.repositories.item_reader import ItemReader
from boss_bot_core.database.repositories.item_writer import ItemWriter
from boss_bot_core.database.repositories.messages import CardReader, CardWriter, DeliveryReader, DeliveryWriter
from boss_bot_core.database.repositories.people import GuildReader, GuildWriter, UserReader, UserWriter


@attrs.frozen
class ReadUnit:
    """One consistent view of the database."""

    items: ItemReader
    files: FileReader
    users: UserReader
    guilds: GuildReader
    cards: CardReader
    deliveries: DeliveryReader

    @classmethod
    def from_connection(cls, connection: AsyncConnection) -> Self:
        """Return the stores that use `connection`."""
        return cls(
            items=ItemReader(connection),
            files=FileReader(connection),
            users=UserReader(connection),
            guilds=GuildReader(connection),
            cards=CardReader(connection),
            deliveries=DeliveryReader(connection),
        )


@attrs.frozen
class UnitOfWork:
    """A transaction that may write; all of it happens, or nothing."""

    items: ItemWriter
    files: FileWriter
    users: UserWriter
    guilds: GuildWriter
    cards: CardWriter
    deliveries: DeliveryWriter

    @classmethod
    def from_connection(cls, connection: AsyncConnection) -> Self:
        """Return the stores that use `connection`."""
        return cls(
            items=ItemWriter(connection),
            files=FileWriter(connection),
            users=UserWriter(connection),
            guilds=GuildWriter(connection),
            cards=CardWriter(connection),
            deliveries=DeliveryWriter(connection),
        )
