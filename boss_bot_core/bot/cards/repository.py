"""The stored data behind cards: the downloads with their files, and the records of cards and deliveries."""

from datetime import datetime, timedelta
from uuid import UUID

import attrs

from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.cards.target import CardTarget, SentCard
from boss_bot_core.database import Database
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.messages import CardRecord, DeliveryRecord
from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.pipeline.service import DownloadService

ADOPTION_WINDOW = timedelta(hours=1)
"""The card of a download that ended at most this long before a restart may lack its last edit."""


class CardRepository:
    """Reads downloads through the service, and reads and writes the records of their messages in the database."""

    def __init__(self, service: DownloadService, database: Database) -> None:
        self._service = service
        self._database = database

    async def load(self, item: DownloadItem) -> CardData:
        """Return everything that is stored about `item`."""
        return await self.with_files(CardData(item=item))

    async def reload(self, item_id: UUID) -> CardData:
        """Return everything that is stored about a download, in its current state."""
        return await self.load(await self._service.get(item_id))

    async def with_files(self, data: CardData) -> CardData:
        """Return `data` with the download's files, what was skipped, where the files come from and where they are."""
        async with self._database.connect() as tx:
            files = await tx.files.list_for_item(data.item.id)
            deliveries = await tx.deliveries.list_for_item(data.item.id)
        data = attrs.evolve(data, files=data.files or files, jump_url=_jump_url(data.item, deliveries))
        if data.skipped or not data.item.is_finished:
            return data
        record = await self._service.read_record(data.item)
        return data if record is None else attrs.evolve(data, skipped=record.skipped, is_reused=record.is_reused)

    async def position(self, item_id: UUID) -> QueuePosition | None:
        """Return the queue position of a waiting download, or None when it does not wait."""
        return await self._service.position(item_id)

    async def list_unfinished(self, now: datetime) -> list[tuple[CardRecord, CardData]]:
        """Return the cards of downloads that have not ended, or ended within the adoption window."""
        async with self._database.connect() as tx:
            found = await tx.cards.list_unfinished(or_finished_since=now - ADOPTION_WINDOW)
        return [(record, await self.load(item)) for record, item in found]

    async def list_missing(self, since: datetime) -> list[DownloadItem]:
        """Return the downloads for Discord that were requested since `since` and have no recorded card."""
        async with self._database.connect() as tx:
            return await tx.cards.list_items_without_card("discord", requested_since=since)

    async def list_messages(self, item_id: UUID) -> list[tuple[int, int]]:
        """Return channel and message of everything that was posted for the download; its card is last."""
        async with self._database.connect() as tx:
            card = await tx.cards.find_for_item(item_id)
            deliveries = await tx.deliveries.list_for_item(item_id)
        sent = [(each.channel_id, each.message_id) for each in deliveries if each.message_id is not None]
        return [*sent, *([(card.channel_id, card.message_id)] if card else [])]

    async def find_record(self, item_id: UUID) -> CardRecord | None:
        """Return where the download's card is, or None if it has none."""
        async with self._database.connect() as tx:
            return await tx.cards.find_for_item(item_id)

    async def save_sent(
        self, item_id: UUID, target: CardTarget, sent: SentCard, now: datetime, language: str
    ) -> CardRecord:
        """Record and return where the download's first card was posted, and in which language."""
        record = CardRecord(
            item_id=item_id,
            channel_id=sent.channel_id,
            message_id=sent.message_id,
            request_message_id=target.request_message_id,
            kind=target.kind,
            created_at=now,
            language=language,
        )
        await self.save_record(record)
        return record

    async def save_record(self, record: CardRecord) -> None:
        """Store where a card is, in place of the download's previous card."""
        async with self._database.begin() as tx:
            await tx.cards.put(record)

    async def delete_record(self, item_id: UUID) -> None:
        """Delete the record of a card that no longer exists."""
        async with self._database.begin() as tx:
            await tx.cards.delete(item_id)


def _jump_url(item: DownloadItem, deliveries: tuple[DeliveryRecord, ...]) -> str | None:
    first = next((each for each in deliveries if each.message_id is not None), None)
    if first is None:
        return None
    return f"https://discord.com/channels/{item.guild_id or '@me'}/{first.channel_id}/{first.message_id}"
