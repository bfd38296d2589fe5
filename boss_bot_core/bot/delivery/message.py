"""One message with files, ready to be sent as often as it takes.

Makes messages out of batches: what their text says, what they answer, whether they are veiled. Pure.
What became of each file of a delivery: the message that carries it, or why it stays. Pure.
"""

import attrs

from boss_bot_core.bot.texts import delivery as delivery_texts
from boss_bot_core.delivery import Delivery, Receipt
from boss_bot_core.delivery.plan import Batch, DeliveryPlan
from boss_bot_core.delivery.progress import DeliveryProgress
from boss_bot_core.domain.messages import DeliveryRecord


@attrs.frozen(kw_only=True)
class OutgoingMessage:
    """A message to send.

    Attributes:
        record: What is written down of it.
        batch: Its files.
        mark: The part of its text that no other message has.
        content: Its text, the mark included.
        spoiler: Whether the files go behind a spoiler veil.
        reply_to: The message that it answers, in the same channel; None where there is none.
    """

    record: DeliveryRecord
    batch: Batch
    mark: str
    content: str
    spoiler: bool = False
    reply_to: int | None = None


@attrs.frozen(kw_only=True)
class MessageBuilder:
    """Makes the messages of one download.

    Attributes:
        delivery: What is delivered.
        in_server: Whether the place is in a server.
        spoiler: Whether everything goes behind a spoiler veil.
        reply_to: What the first message answers; None where there is nothing.
    """

    delivery: Delivery
    in_server: bool
    spoiler: bool
    reply_to: int | None

    def build(self, record: DeliveryRecord, batch: Batch, plan: DeliveryPlan | None = None) -> OutgoingMessage:
        """Return the message of a batch.

        Args:
            record: What is written down of it.
            batch: Its files.
            plan: For the last message: the plan, whose left-out files it tells of.
        """
        item = self.delivery.item
        mark = delivery_texts.delivery_mark(item, record.batch, record.batches)
        title = self.delivery.media.caption or item.title
        return OutgoingMessage(
            record=record,
            batch=batch,
            mark=mark,
            content=delivery_texts.message_content(
                title,
                mark,
                delivery_texts.left_out_notes(plan, in_server=self.in_server, veiled=self.spoiler) if plan else (),
                veiled=self.spoiler,
            ),
            spoiler=self.spoiler,
            reply_to=self.reply_to,
        )


def build_receipts(
    delivery: Delivery, ledger: DeliveryProgress, plan: DeliveryPlan, *, in_server: bool
) -> tuple[Receipt, ...]:
    """Return a receipt for every file.

    Args:
        delivery: The files.
        ledger: Which of them arrived.
        plan: The last one, which left the others out.
        in_server: Whether the place is in a server.
    """
    messages = ledger.message_by_position
    return tuple(
        Receipt(position=file.position, reference=str(messages[file.position]))
        if file.position in messages
        else Receipt(
            position=file.position,
            reference=str(file.file_path),
            left_out=f"{delivery_texts.why_left_out(file, plan.limits, in_server=in_server)}; it is kept on my host.",
        )
        for file in delivery.files
    )
