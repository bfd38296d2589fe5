"""The nonce of a message with files: it names the download and which of its files the message carries.

Discord answers a repeated nonce with the first message, so two tries of one message must have the same, and two
messages never. As it also tells the files, what has arrived is known exactly, even when the rest is planned anew with
other limits.

What of a download has arrived, out of the records of its messages: pure.
"""

import string
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import attrs

from boss_bot_core.delivery.plan import BATCH_SPAN
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.messages import DeliveryRecord

MAX_NONCE_LENGTH = 25
"""Discord's."""

_ITEM_LENGTH = 12
_DIGITS = string.digits + string.ascii_lowercase


def build_nonce(item_id: UUID, positions: Sequence[int]) -> str:
    """Return the nonce of the message that carries the files at `positions`.

    Args:
        item_id: The download.
        positions: Places in source order, ascending, less than `BATCH_SPAN` apart.

    Raises:
        ValueError: They are further apart, or there are too many files to count.
    """
    first = positions[0]
    offsets = sum(1 << (position - first) for position in positions)
    nonce = f"{item_id.hex[:_ITEM_LENGTH]}.{_to_base36(first)}.{_to_base36(offsets)}"
    if offsets >> BATCH_SPAN or len(nonce) > MAX_NONCE_LENGTH:
        raise ValueError(f"no nonce can name the files {positions}")
    return nonce


def read_positions(nonce: str) -> tuple[int, ...]:
    """Return the places in source order of the files in the message with this nonce."""
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
    """The messages of one download.

    Attributes:
        records: Those that were written down, by batch.
    """

    records: tuple[DeliveryRecord, ...] = ()

    @property
    def message_by_position(self) -> Mapping[int, int]:
        """The message of every file that is known to be there."""
        confirmed = ((record, record.message_id) for record in self.records if record.message_id is not None)
        return {position: message for record, message in confirmed for position in read_positions(record.nonce)}

    @property
    def unconfirmed(self) -> tuple[DeliveryRecord, ...]:
        """Messages that were begun, and that nobody knows to have arrived."""
        arrived = self.message_by_position
        return tuple(
            record
            for record in self.records
            if not record.is_confirmed and not arrived.keys() & set(read_positions(record.nonce))
        )

    @property
    def confirmed_count(self) -> int:
        """How many messages are known to be there."""
        return sum(record.is_confirmed for record in self.records)

    @property
    def next_batch(self) -> int:
        """The number of the next message: the one after the last that arrived."""
        return max((record.batch for record in self.records if record.is_confirmed), default=-1) + 1

    def list_missing(self, files: Iterable[DownloadedFile]) -> tuple[DownloadedFile, ...]:
        """Return those of `files` that are not known to be there."""
        arrived = self.message_by_position
        return tuple(file for file in files if file.position not in arrived)

    def find_record(self, nonce: str) -> DeliveryRecord | None:
        """Return the record of the message with this nonce, or None where it was not begun."""
        return next((record for record in self.records if record.nonce == nonce), None)

    def with_record(self, record: DeliveryRecord) -> "DeliveryProgress":
        """Return the ledger with `record` in place of the one of the same batch."""
        others = (each for each in self.records if each.batch != record.batch)
        return DeliveryProgress(tuple(sorted([*others, record], key=lambda each: each.batch)))
