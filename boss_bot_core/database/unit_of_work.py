"""What a transaction offers: one store for each kind of thing kept.

Rooms outside `database` see these instead of a connection, so that no SQL and no SQLAlchemy leaves the room. A new
store becomes one more attribute of both classes.
"""

from typing import Self

import attrs
from sqlalchemy.ext.asyncio import AsyncConnection

from boss_bot_core.database.repositories.files import FileReader, FileStore
from boss_bot_core.database.repositories.item_reader import ItemReader
from boss_bot_core.database.repositories.item_writer import ItemStore
from boss_bot_core.database.repositories.messages import CardReader, CardStore, DeliveryReader, DeliveryStore
from boss_bot_core.database.repositories.people import GuildReader, GuildStore, UserReader, UserStore


@attrs.frozen
class Reading:
    """One consistent view of the database."""

    items: ItemReader
    files: FileReader
    users: UserReader
    guilds: GuildReader
    cards: CardReader
    deliveries: DeliveryReader

    @classmethod
    def over(cls, connection: AsyncConnection) -> Self:
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
class Writing:
    """A transaction that may write; all of it happens, or nothing."""

    items: ItemStore
    files: FileStore
    users: UserStore
    guilds: GuildStore
    cards: CardStore
    deliveries: DeliveryStore

    @classmethod
    def over(cls, connection: AsyncConnection) -> Self:
        """Return the stores that use `connection`."""
        return cls(
            items=ItemStore(connection),
            files=FileStore(connection),
            users=UserStore(connection),
            guilds=GuildStore(connection),
            cards=CardStore(connection),
            deliveries=DeliveryStore(connection),
        )
