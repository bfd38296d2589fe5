"""The repositories of the bot's messages: the cards of downloads, and the messages that deliver files."""

from datetime import datetime
from uuid import UUID

import attrs
import sqlalchemy as sa

from boss_bot_core.database.repositories._base import Repository, row_to_item, upsert
from boss_bot_core.database.schema.downloads import CARDS, DELIVERIES
from boss_bot_core.database.schema.downloads import DOWNLOAD_ITEMS as ITEMS
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.messages import CardRecord, DeliveryRecord
from boss_bot_core.domain.status import FINISHED


class CardReader(Repository):
    """Queries over cards, inside one transaction."""

    async def find_for_item(self, item_id: UUID) -> CardRecord | None:
        """Return the download's card, or None if it has none."""
        return await self._find(CARDS.c.item_id == item_id)

    async def find_by_message(self, channel_id: int, message_id: int) -> CardRecord | None:
        """Return the card that is this message, or None if the message is not a card."""
        return await self._find((CARDS.c.channel_id == channel_id) & (CARDS.c.message_id == message_id))

    async def list_unfinished(
        self, *, or_finished_since: datetime | None = None
    ) -> list[tuple[CardRecord, DownloadItem]]:
        """Return the cards of unfinished downloads with their downloads, oldest download first.

        Args:
            or_finished_since: Include downloads that finished at or after this time: after a crash, the card of such a
                download may lack its last edit.
        """
        where: sa.ColumnElement[bool] = ITEMS.c.status.not_in(FINISHED)
        if or_finished_since is not None:
            where |= ITEMS.c.completed_at >= or_finished_since
        joined = CARDS.join(ITEMS, CARDS.c.item_id == ITEMS.c.id)
        cards = await self._connection.execute(
            sa.select(CARDS).select_from(joined).where(where).order_by(ITEMS.c.created_at, ITEMS.c.id)
        )
        items = await self._connection.execute(
            sa.select(ITEMS).select_from(joined).where(where).order_by(ITEMS.c.created_at, ITEMS.c.id)
        )
        by_id = {item.id: item for item in map(row_to_item, items.mappings())}
        found = [CardRecord(**row) for row in cards.mappings()]
        # In PostgreSQL an item may finish between the two queries.
        return [(card, by_id[card.item_id]) for card in found if card.item_id in by_id]

    async def list_items_without_card(self, kind: str, *, requested_since: datetime) -> list[DownloadItem]:
        """Return the downloads without a card, oldest first.

        Args:
            kind: Only downloads whose destination is of this kind.
            requested_since: Only downloads that were requested at or after this time.
        """
        is_missing = sa.select(CARDS.c.item_id).where(CARDS.c.item_id == ITEMS.c.id).exists()
        found = await self._connection.execute(
            sa.select(ITEMS)
            .where(ITEMS.c.destination_kind == kind, ITEMS.c.created_at >= requested_since, ~is_missing)
            .order_by(ITEMS.c.created_at, ITEMS.c.id)
        )
        return [row_to_item(row) for row in found.mappings()]

    async def _find(self, where: sa.ColumnElement[bool]) -> CardRecord | None:
        row = (await self._connection.execute(sa.select(CARDS).where(where))).mappings().one_or_none()
        return None if row is None else CardRecord(**row)


class CardWriter(CardReader):
    """Queries and changes of cards, inside one transaction that may write."""

    async def put(self, card: CardRecord) -> None:
        """Store the download's card, replacing its previous one."""
        await upsert(self._connection, CARDS, attrs.asdict(card))

    async def delete(self, item_id: UUID) -> None:
        """Delete the record of a card that no longer exists."""
        await self._connection.execute(sa.delete(CARDS).where(CARDS.c.item_id == item_id))


class DeliveryReader(Repository):
    """Queries over deliveries, inside one transaction."""

    async def list_for_item(self, item_id: UUID) -> tuple[DeliveryRecord, ...]:
        """Return the download's delivery messages, in the order of their batches."""
        query = sa.select(DELIVERIES).where(DELIVERIES.c.item_id == item_id).order_by(DELIVERIES.c.batch)
        return tuple(DeliveryRecord(**row) for row in (await self._connection.execute(query)).mappings())


class DeliveryWriter(DeliveryReader):
    """Queries and changes of deliveries, inside one transaction that may write."""

    async def put(self, record: DeliveryRecord) -> None:
        """Store `record`, replacing the record of the same batch."""
        await upsert(self._connection, DELIVERIES, attrs.asdict(record))

    async def confirm(self, item_id: UUID, batch: int, message_id: int, now: datetime) -> None:
        """Record the message that a batch has become. A batch that is confirmed already stays unchanged."""
        where = (DELIVERIES.c.item_id == item_id) & (DELIVERIES.c.batch == batch) & DELIVERIES.c.message_id.is_(None)
        values = {"message_id": message_id, "delivered_at": now}
        await self._connection.execute(sa.update(DELIVERIES).where(where).values(values))
