"""What is written down of one download's messages, before and after each of them."""

import attrs

from boss_bot_core.database import Database
from boss_bot_core.delivery.plan import Batch
from boss_bot_core.delivery.progress import DeliveryProgress, build_nonce
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.messages import DeliveryRecord


@attrs.define
class DeliveryLog:
    """The records of one download, in the database and at hand.

    Attributes:
        database: Where they are.
        item: The download.
        progress: What they say.
    """

    database: Database
    item: DownloadItem
    progress: DeliveryProgress = attrs.field(factory=DeliveryProgress)

    async def open(self) -> int | None:
        """Read the records, and return the message that the first answer goes to: the request, or else the card."""
        async with self.database.connect() as tx:
            self.progress = DeliveryProgress(await tx.deliveries.of_item(self.item.id))
            card = await tx.cards.of_item(self.item.id)
        if card is None or card.channel_id != self.channel_id:
            return None
        return card.request_message_id or card.message_id

    @property
    def channel_id(self) -> int:
        """Where the messages go."""
        return int(self.item.destination.target)

    async def begin(self, batch: Batch, waiting: int) -> DeliveryRecord:
        """Write down a message before its first try, and return the record.

        Args:
            batch: Its files.
            waiting: How many messages, this one included, are still to be sent.
        """
        nonce = build_nonce(self.item.id, batch.positions)
        begun = self.progress.find_record(nonce)
        number = self.progress.next_batch
        record = DeliveryRecord(
            item_id=self.item.id,
            batch=number,
            batches=number + waiting,
            nonce=nonce,
            channel_id=self.channel_id,
            created_at=utc_now() if begun is None else begun.created_at,
        )
        async with self.database.begin() as tx:
            await tx.deliveries.put(record)
        self.progress = self.progress.with_record(record)
        return record

    async def confirm(self, record: DeliveryRecord, message_id: int) -> None:
        """Write down that a message is there."""
        now = utc_now()
        async with self.database.begin() as tx:
            await tx.deliveries.confirm(record.item_id, record.batch, message_id, now)
        self.progress = self.progress.with_record(attrs.evolve(record, message_id=message_id, delivered_at=now))
