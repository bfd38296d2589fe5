"""Which messages with files were begun, and which are known to be there."""

from datetime import datetime
from uuid import UUID

import attrs
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from boss_bot_core.database.message_tables import DELIVERIES
from boss_bot_core.database.upsert import upsert
from boss_bot_core.domain.deliveries import DeliveryRecord


class DeliveryReader:
    """Queries over deliveries, inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_item(self, item_id: UUID) -> tuple[DeliveryRecord, ...]:
        """Return the download's messages, in the order of their batches."""
        query = sa.select(DELIVERIES).where(DELIVERIES.c.item_id == item_id).order_by(DELIVERIES.c.batch)
        return tuple(DeliveryRecord(**row) for row in (await self._connection.execute(query)).mappings())


class DeliveryStore(DeliveryReader):
    """Reads and writes over deliveries, inside one writing transaction."""

    async def put(self, record: DeliveryRecord) -> None:
        """Keep `record` in place of the one of the same batch."""
        await upsert(self._connection, DELIVERIES, attrs.asdict(record))

    async def confirmed(self, item_id: UUID, batch: int, message_id: int, now: datetime) -> None:
        """Note that a batch has arrived as a message. What is confirmed stays confirmed as it was."""
        where = (DELIVERIES.c.item_id == item_id) & (DELIVERIES.c.batch == batch) & DELIVERIES.c.message_id.is_(None)
        values = {"message_id": message_id, "delivered_at": now}
        await self._connection.execute(sa.update(DELIVERIES).where(where).values(values))
