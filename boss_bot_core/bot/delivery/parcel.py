"""One message with files, ready to be sent as often as it takes."""

import attrs

from boss_bot_core.delivery.plan import Batch
from boss_bot_core.domain.deliveries import DeliveryRecord


@attrs.frozen(kw_only=True)
class Parcel:
    """A message to send.

    Attributes:
        record: What is written down of it.
        batch: Its files.
        mark: The part of its text that no other message has.
        content: Its text, the mark included.
        veiled: Whether the files go behind a spoiler veil.
        reply_to: The message that it answers, in the same channel; None where there is none.
    """

    record: DeliveryRecord
    batch: Batch
    mark: str
    content: str
    veiled: bool = False
    reply_to: int | None = None
