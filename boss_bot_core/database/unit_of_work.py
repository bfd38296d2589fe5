"""The transactions of the database: one repository for each kind of stored thing, all on one connection.

Other packages receive these instead of a connection, so that no SQL and no SQLAlchemy leaves this package. A new
repository becomes one more attribute of both classes.
"""

from typing import Self, get_type_hints

import attrs

from boss_bot_core.database.async_engine import AsyncConnection
from boss_bot_core.database.repositories.files import FileReader, FileWriter
from boss_bot_core.database.repositories.guilds import (
    GuildReader,
    GuildTrafficReader,
    GuildTrafficWriter,
    GuildWriter,
)
from boss_bot_core.database.repositories.item_reader import ItemReader
from boss_bot_core.database.repositories.item_writer import ItemWriter
from boss_bot_core.database.repositories.kept_data import KeptDataReader, KeptDataWriter
from boss_bot_core.database.repositories.memberships import MembershipReader, MembershipWriter
from boss_bot_core.database.repositories.messages import CardReader, CardWriter, DeliveryReader, DeliveryWriter
from boss_bot_core.database.repositories.users import UserReader, UserWriter


@attrs.frozen
class ReadUnit:
    """A transaction that only reads."""

    items: ItemReader
    files: FileReader
    users: UserReader
    guilds: GuildReader
    guild_traffic: GuildTrafficReader
    cards: CardReader
    deliveries: DeliveryReader
    memberships: MembershipReader
    kept_data: KeptDataReader

    @classmethod
    def from_connection(cls, connection: AsyncConnection) -> Self:
        """Return a unit whose repositories all use `connection`."""
        # Each attribute's type is the repository to build, so that a subclass only declares its writers.
        return cls(**{name: repository(connection) for name, repository in get_type_hints(cls).items()})


@attrs.frozen
class UnitOfWork(ReadUnit):
    """A transaction that may also write: all of its writes are stored, or none of them."""

    items: ItemWriter
    files: FileWriter
    users: UserWriter
    guilds: GuildWriter
    guild_traffic: GuildTrafficWriter
    cards: CardWriter
    deliveries: DeliveryWriter
    memberships: MembershipWriter
    kept_data: KeptDataWriter
