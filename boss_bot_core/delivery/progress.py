"""The progress of a delivery, computed from the records of its messages, and the nonce that identifies a message. Pure.

Discord answers a repeated nonce with the first message, so two attempts to send one message must have the same nonce,
and two messages must have different ones. The nonce also encodes the files of the message. The delivered files are
therefore known exactly, even when the remaining files are planned again with other limits.
"""

import string
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import attrs

from boss_bot_core.delivery.plan import BATCH_SPAN
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.messages import DeliveryRecord

MAX_NONCE_LENGTH = 25
"""Discord's limit for the length of a nonce."""

_ITEM_LENGTH = 12
_DIGITS = string.digits + string.ascii_lowercase


def build_nonce(item_id: UUID, positions: Sequence[int]) -> str:
    """Return the nonce of the message that carries the files at `positions`.

    Args:
        item_id: The download's id.
        positions: Positions in source order, ascending, less than `BATCH_SPAN` apart.

    Raises:
        ValueError: The positions are too far apart, or too large for a nonce.
    """
    first = positions[0]
    offsets = sum(1 << (position - first) for position in positions)
    nonce = f"{item_id.hex[:_ITEM_LENGTH]}.{_to_base36(first)}.{_to_base36(offsets)}"
    if offsets >> BATCH_SPAN or len(nonce) > MAX_NONCE_LENGTH:
        raise ValueError(f"no nonce can name the files {positions}")
    return nonce


def read_positions(nonce: str) -> tuple[int, ...]:
    """Return the positions in source order of the files in the message with this nonce."""
    _, first, offsets = nonce.split(".")
    mask = int(offsets, base=36)
    return tuple(int(first, base=36) + offset for offset in range(mask.bit_length()) if mask >> offset & 1)


def _to_base36(number: int) -> str:
    text = ""
    while number or not text:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text


@attrs.frozen
class DeliveryProgress:
    """The recorded messages of one download's delivery.

    Attributes:
        records: The records of the messages, by batch.
    """

    records: tuple[DeliveryRecord, ...] = ()

    @property
    def message_by_position(self) -> Mapping[int, int]:
        """The message of every file whose delivery is confirmed, by the file's position."""
        confirmed = ((record, record.message_id) for record in self.records if record.message_id is not None)
        return {position: message for record, message in confirmed for position in read_positions(record.nonce)}

    @property
    def unconfirmed(self) -> tuple[DeliveryRecord, ...]:
        """The messages that were started and not confirmed, and whose files no other message carries."""
        delivered = self.message_by_position
        return tuple(
            record
            for record in self.records
            if not record.is_confirmed and not delivered.keys() & set(read_positions(record.nonce))
        )

    @property
    def confirmed_count(self) -> int:
        """The number of confirmed messages."""
        return sum(record.is_confirmed for record in self.records)

    @property
    def next_batch(self) -> int:
        """The number of the next message, which follows the last confirmed one."""
        return max((record.batch for record in self.records if record.is_confirmed), default=-1) + 1

    def list_missing(self, files: Iterable[DownloadedFile]) -> tuple[DownloadedFile, ...]:
        """Return the files whose delivery is not confirmed."""
        delivered = self.message_by_position
        return tuple(file for file in files if file.position not in delivered)

    def find_record(self, nonce: str) -> DeliveryRecord | None:
        """Return the record of the message with this nonce, or None when it was not started."""
        return next((record for record in self.records if record.nonce == nonce), None)

    def with_record(self, record: DeliveryRecord) -> "DeliveryProgress":
        """Return the progress with `record` in place of the record of the same batch."""
        others = (each for each in self.records if each.batch != record.batch)
        return DeliveryProgress(tuple(sorted([*others, record], key=lambda each: each.batch)))
