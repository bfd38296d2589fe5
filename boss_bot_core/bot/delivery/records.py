"""The delivery log: the records of one download's messages, written before and after each message is sent."""

import attrs

from boss_bot_core.database import Database
from boss_bot_core.delivery.plan import Batch
from boss_bot_core.delivery.progress import DeliveryProgress, build_nonce
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.messages import DeliveryRecord


@attrs.define
class DeliveryLog:
    """Reads and writes the delivery records of one download.

    Attributes:
        database: Holds the records.
        item: The download.
        progress: The records as last read or written.
        language: The language of the download's card, once it is read; None without a card.
    """

    database: Database
    item: DownloadItem
    progress: DeliveryProgress = attrs.field(factory=DeliveryProgress)
    language: str | None = None

    async def open(self) -> int | None:
        """Read the records and return the message to reply to: the request, else the card; None in another channel."""
        async with self.database.connect() as tx:
            self.progress = DeliveryProgress(await tx.deliveries.list_for_item(self.item.id))
            card = await tx.cards.find_for_item(self.item.id)
        self.language = None if card is None else card.language
        if card is None or card.channel_id != self.channel_id:
            return None
        return card.request_message_id or card.message_id

    @property
    def channel_id(self) -> int:
        """The channel that the files are sent to."""
        return int(self.item.destination.target)

    async def begin(self, batch: Batch, remaining: int) -> DeliveryRecord:
        """Write the record of a message before its first attempt and return it.

        Args:
            batch: The files of the message.
            remaining: How many messages are still to be sent, including this one.
        """
        nonce = build_nonce(self.item.id, batch.positions)
        begun = self.progress.find_record(nonce)
        number = self.progress.next_batch
        record = DeliveryRecord(
            item_id=self.item.id,
            batch=number,
            batches=number + remaining,
            nonce=nonce,
            channel_id=self.channel_id,
            created_at=utc_now() if begun is None else begun.created_at,
        )
        async with self.database.begin() as tx:
            await tx.deliveries.put(record)
        self.progress = self.progress.with_record(record)
        return record

    async def confirm(self, record: DeliveryRecord, message_id: int) -> None:
        """Record that a message has arrived."""
        now = utc_now()
        async with self.database.begin() as tx:
            await tx.deliveries.confirm(record.item_id, record.batch, message_id, now)
        self.progress = self.progress.with_record(attrs.evolve(record, message_id=message_id, delivered_at=now))
