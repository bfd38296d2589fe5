"""Makes messages out of batches: what their text says, what they answer, whether they are veiled. Pure."""

import attrs

from boss_bot_core.bot.delivery.parcel import Parcel
from boss_bot_core.bot.texts import delivery as delivery_texts
from boss_bot_core.delivery import Delivery
from boss_bot_core.delivery.plan import Batch, DeliveryPlan
from boss_bot_core.domain.deliveries import DeliveryRecord


@attrs.frozen(kw_only=True)
class Packer:
    """Makes the messages of one download.

    Attributes:
        delivery: What is delivered.
        in_server: Whether the place is in a server.
        veiled: Whether everything goes behind a spoiler veil.
        reply_to: What the first message answers; None where there is nothing.
    """

    delivery: Delivery
    in_server: bool
    veiled: bool
    reply_to: int | None

    def pack(self, record: DeliveryRecord, batch: Batch, plan: DeliveryPlan | None = None) -> Parcel:
        """Return the message of a batch.

        Args:
            record: What is written down of it.
            batch: Its files.
            plan: For the last message: the plan, whose left-out files it tells of.
        """
        item = self.delivery.item
        mark = delivery_texts.mark_of(item, record.batch, record.batches)
        title = self.delivery.media.caption or item.title
        return Parcel(
            record=record,
            batch=batch,
            mark=mark,
            content=delivery_texts.content_of(
                title,
                mark,
                delivery_texts.left_out_notes(plan, in_server=self.in_server, veiled=self.veiled) if plan else (),
                veiled=self.veiled,
            ),
            veiled=self.veiled,
            reply_to=self.reply_to,
        )
