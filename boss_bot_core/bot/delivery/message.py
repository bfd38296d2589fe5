"""Outgoing messages with files: how they are built from batches, and the receipts for their files. Pure."""

import attrs

from boss_bot_core.bot.language import use_language
from boss_bot_core.bot.texts import delivery as delivery_texts
from boss_bot_core.delivery import Delivery, Receipt
from boss_bot_core.delivery.plan import Batch, DeliveryPlan
from boss_bot_core.delivery.progress import DeliveryProgress
from boss_bot_core.domain.messages import DeliveryRecord


@attrs.frozen(kw_only=True)
class OutgoingMessage:
    """One message with files; every attempt to send it is the same.

    Attributes:
        record: Its row in the delivery log.
        batch: Its files.
        mark: The part of its text that identifies it in the channel's history.
        content: Its text, the mark included.
        spoiler: Whether title and files are hidden behind a spoiler.
        reply_to: The message in the same channel that it replies to, or None.
    """

    record: DeliveryRecord
    batch: Batch
    mark: str
    content: str
    spoiler: bool = False
    reply_to: int | None = None


@attrs.frozen(kw_only=True)
class MessageBuilder:
    """Builds the messages of one download.

    Attributes:
        delivery: The files and their download.
        in_server: Whether the channel belongs to a guild.
        spoiler: Whether title and files are hidden behind a spoiler.
        reply_to: The message that they reply to, or None.
        language: The language of the notes about the files.
    """

    delivery: Delivery
    in_server: bool
    spoiler: bool
    reply_to: int | None
    language: str

    def build(self, record: DeliveryRecord, batch: Batch, plan: DeliveryPlan | None = None) -> OutgoingMessage:
        """Return the message of a batch.

        Args:
            record: Its row in the delivery log.
            batch: Its files.
            plan: Given for the last message, whose text lists the files that the plan left out.
        """
        item = self.delivery.item
        mark = delivery_texts.delivery_mark(item, record.batch, record.batches)
        title = self.delivery.media.caption or item.title
        with use_language(self.language):
            notes = delivery_texts.left_out_notes(plan, in_server=self.in_server, spoiler=self.spoiler) if plan else ()
        return OutgoingMessage(
            record=record,
            batch=batch,
            mark=mark,
            content=delivery_texts.message_content(title, mark, notes, spoiler=self.spoiler),
            spoiler=self.spoiler,
            reply_to=self.reply_to,
        )


def build_receipts(
    delivery: Delivery, progress: DeliveryProgress, plan: DeliveryPlan, *, in_server: bool
) -> tuple[Receipt, ...]:
    """Return a receipt for every file.

    Args:
        delivery: The files.
        progress: Which files arrived, in which message.
        plan: The last plan, which left out the others.
        in_server: Whether the channel belongs to a guild.
    """
    messages = progress.message_by_position
    return tuple(
        Receipt(position=file.position, reference=str(messages[file.position]))
        if file.position in messages
        else Receipt(
            position=file.position,
            reference=str(file.file_path),
            left_out=delivery_texts.left_out_receipt(file, plan.limits, in_server=in_server),
        )
        for file in delivery.files
    )
