"""What has arrived, as the records tell it."""

from datetime import UTC, datetime

from boss_bot_core.delivery.progress import Ledger, nonce_of
from boss_bot_core.domain.messages import DeliveryRecord
from tests.delivery.making import ITEM_ID, files_of


def record(batch: int, positions: tuple[int, ...], message_id: int | None = None) -> DeliveryRecord:
    return DeliveryRecord(
        item_id=ITEM_ID,
        batch=batch,
        batches=3,
        nonce=nonce_of(ITEM_ID, positions),
        channel_id=1,
        message_id=message_id,
        created_at=datetime(2026, 10, 1, tzinfo=UTC),
    )


def test_files_of_confirmed_messages_have_arrived_and_the_others_are_missing() -> None:
    ledger = Ledger((record(0, (0, 2), 77), record(1, (3,))))
    assert ledger.message_by_position == {0: 77, 2: 77}
    assert [file.position for file in ledger.missing(files_of(1, 1, 1, 1))] == [1, 3]
    assert [each.batch for each in ledger.unsure] == [1]
    assert (ledger.arrived, ledger.next_batch) == (1, 1)


def test_a_message_whose_files_came_another_way_is_not_looked_for() -> None:
    refused, smaller = record(1, (1, 2)), record(0, (1,), 78)
    assert Ledger((smaller, refused)).unsure == ()


def test_a_record_takes_the_place_of_the_one_of_its_batch() -> None:
    ledger = Ledger((record(0, (0,), 77), record(1, (1, 2)))).with_record(record(1, (1,)))
    assert [each.nonce for each in ledger.records] == [nonce_of(ITEM_ID, (0,)), nonce_of(ITEM_ID, (1,))]
    assert ledger.begun(nonce_of(ITEM_ID, (1, 2))) is None
    assert ledger.begun(nonce_of(ITEM_ID, (1,))) == record(1, (1,))


def test_nothing_was_begun() -> None:
    assert (Ledger().arrived, Ledger().next_batch, Ledger().unsure) == (0, 0, ())
