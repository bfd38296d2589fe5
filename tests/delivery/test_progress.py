"""Tests for the progress of a delivery, from the records of its messages."""

from datetime import UTC, datetime

from boss_bot_core.delivery.progress import DeliveryProgress, build_nonce
from boss_bot_core.domain.messages import DeliveryRecord
from tests.delivery.factories import ITEM_ID, build_files


def build_record(batch: int, positions: tuple[int, ...], message_id: int | None = None) -> DeliveryRecord:
    return DeliveryRecord(
        item_id=ITEM_ID,
        batch=batch,
        batches=3,
        nonce=build_nonce(ITEM_ID, positions),
        channel_id=1,
        message_id=message_id,
        created_at=datetime(2026, 10, 1, tzinfo=UTC),
    )


def test_files_of_confirmed_messages_are_delivered_and_the_others_are_missing() -> None:
    progress = DeliveryProgress((build_record(0, (0, 2), 77), build_record(1, (3,))))
    assert progress.message_by_position == {0: 77, 2: 77}
    assert [file.position for file in progress.list_missing(build_files(1, 1, 1, 1))] == [1, 3]
    assert [each.batch for each in progress.unconfirmed] == [1]
    assert (progress.confirmed_count, progress.next_batch) == (1, 1)


def test_a_message_whose_files_another_message_carries_is_not_unconfirmed() -> None:
    refused, smaller = build_record(1, (1, 2)), build_record(0, (1,), 78)
    assert DeliveryProgress((smaller, refused)).unconfirmed == ()


def test_a_record_replaces_the_record_of_its_batch() -> None:
    progress = DeliveryProgress((build_record(0, (0,), 77), build_record(1, (1, 2)))).with_record(build_record(1, (1,)))
    assert [each.nonce for each in progress.records] == [build_nonce(ITEM_ID, (0,)), build_nonce(ITEM_ID, (1,))]
    assert progress.find_record(build_nonce(ITEM_ID, (1, 2))) is None
    assert progress.find_record(build_nonce(ITEM_ID, (1,))) == build_record(1, (1,))


def test_a_new_delivery_has_no_progress() -> None:
    assert (DeliveryProgress().confirmed_count, DeliveryProgress().next_batch, DeliveryProgress().unconfirmed) == (
        0,
        0,
        (),
    )
