"""Delivery records: stored before a message is sent, confirmed afterwards."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import attrs
import pytest

from boss_bot_core.database import Database, DatabaseError
from boss_bot_core.domain.messages import DeliveryRecord
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import build_new_download

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHANNEL = 2**63 - 1


def build_record(item_id: UUID, batch: int = 1) -> DeliveryRecord:
    return DeliveryRecord(
        item_id=item_id, batch=batch, batches=3, nonce=f"nonce-{batch}", channel_id=CHANNEL, created_at=NOW
    )


@pytest.fixture
async def item_id(database: Database) -> UUID:
    async with database.begin() as tx:
        return (await tx.items.insert(to_item(build_new_download(), NOW))).id


async def read_records(database: Database, item_id: UUID) -> tuple[DeliveryRecord, ...]:
    async with database.connect() as tx:
        return await tx.deliveries.list_for_item(item_id)


async def test_records_are_read_in_the_order_of_their_batches(database: Database, item_id: UUID) -> None:
    async with database.begin() as tx:
        for batch in (2, 3, 1):
            await tx.deliveries.put(build_record(item_id, batch))
    assert await read_records(database, item_id) == tuple(build_record(item_id, batch) for batch in (1, 2, 3))
    assert await read_records(database, uuid4()) == ()


async def test_a_confirmed_record_has_its_message(database: Database, item_id: UUID) -> None:
    async with database.begin() as tx:
        await tx.deliveries.put(build_record(item_id, 1))
        await tx.deliveries.put(build_record(item_id, 2))
        await tx.deliveries.confirm(item_id, 2, 77, NOW)
    first, second = await read_records(database, item_id)
    assert (first.is_confirmed, second.is_confirmed) == (False, True)
    assert second == attrs.evolve(build_record(item_id, 2), message_id=77, delivered_at=NOW)


async def test_a_second_confirmation_changes_nothing(database: Database, item_id: UUID) -> None:
    async with database.begin() as tx:
        await tx.deliveries.put(build_record(item_id))
        await tx.deliveries.confirm(item_id, 1, 77, NOW)
        await tx.deliveries.confirm(item_id, 1, 78, NOW + timedelta(hours=1))
    (only,) = await read_records(database, item_id)
    assert (only.message_id, only.delivered_at) == (77, NOW)


async def test_a_record_replaces_the_one_of_the_same_batch(database: Database, item_id: UUID) -> None:
    smaller = attrs.evolve(build_record(item_id), batches=5, nonce="other")
    async with database.begin() as tx:
        await tx.deliveries.put(build_record(item_id))
        await tx.deliveries.put(smaller)
    assert await read_records(database, item_id) == (smaller,)


async def test_a_delivery_requires_its_download(database: Database) -> None:
    with pytest.raises(DatabaseError):
        async with database.begin() as tx:
            await tx.deliveries.put(build_record(uuid4()))
