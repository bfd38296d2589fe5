"""What of a download has arrived, out of the records of its messages: pure."""

from collections.abc import Iterable, Mapping

import attrs

from boss_bot_core.delivery.nonce import positions_of
from boss_bot_core.domain.deliveries import DeliveryRecord
from boss_bot_core.domain.files import DownloadedFile


@attrs.frozen
class Ledger:
    """The messages of one download.

    Attributes:
        records: Those that were written down, by batch.
    """

    records: tuple[DeliveryRecord, ...] = ()

    @property
    def message_by_position(self) -> Mapping[int, int]:
        """The message of every file that is known to be there."""
        confirmed = ((record, record.message_id) for record in self.records if record.message_id is not None)
        return {position: message for record, message in confirmed for position in positions_of(record.nonce)}

    @property
    def unsure(self) -> tuple[DeliveryRecord, ...]:
        """Messages that were begun, and that nobody knows to have arrived."""
        arrived = self.message_by_position
        return tuple(
            record
            for record in self.records
            if not record.is_confirmed and not arrived.keys() & set(positions_of(record.nonce))
        )

    @property
    def arrived(self) -> int:
        """How many messages are known to be there."""
        return sum(record.is_confirmed for record in self.records)

    @property
    def next_batch(self) -> int:
        """The number of the next message: the one after the last that arrived."""
        return max((record.batch for record in self.records if record.is_confirmed), default=-1) + 1

    def missing(self, files: Iterable[DownloadedFile]) -> tuple[DownloadedFile, ...]:
        """Return those of `files` that are not known to be there."""
        arrived = self.message_by_position
        return tuple(file for file in files if file.position not in arrived)

    def begun(self, nonce: str) -> DeliveryRecord | None:
        """Return the record of the message with this nonce, or None where it was not begun."""
        return next((record for record in self.records if record.nonce == nonce), None)

    def with_record(self, record: DeliveryRecord) -> "Ledger":
        """Return the ledger with `record` in place of the one of the same batch."""
        others = (each for each in self.records if each.batch != record.batch)
        return Ledger(tuple(sorted([*others, record], key=lambda each: each.batch)))
