"""Exactly once: delivered again, cut off, restarted, beside another download of the same media."""

import asyncio

import pytest

from boss_bot_core.database import Database
from boss_bot_core.delivery import Delivery
from boss_bot_core.delivery.progress import build_nonce
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.messages import DeliveryRecord
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.events import FaultHappened, MessageCreated, RequestServed
from boss_bot_sandbox.discord.fault_injection import SEND
from boss_bot_sandbox.discord.faults import Fault, Reset
from tests.bot.delivery.conftest import MIB, MakeDeliverer, MakeDelivery, Memory


def posts(server: LocalDiscord) -> int:
    served = (entry.event for entry in server.transcript if isinstance(entry.event, RequestServed))
    return sum(one.method == "POST" and one.path.endswith("/messages") for one in served)


async def begun(database: Database, delivery: Delivery, batch: int, batches: int, positions: tuple[int, ...]) -> None:
    """Write down what a bot that died wrote down."""
    item = delivery.item
    record = DeliveryRecord(
        item_id=item.id,
        batch=batch,
        batches=batches,
        nonce=build_nonce(item.id, positions),
        channel_id=int(item.destination.target),
        created_at=utc_now(),
    )
    async with database.begin() as tx:
        await tx.deliveries.put(record)


async def test_delivered_again_it_yields_the_same_receipts_and_sends_nothing(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(*range(100, 112))
    first = await make_deliverer().deliver(delivery)
    assert await make_deliverer().deliver(delivery) == first
    assert posts(local_discord) == 2


async def test_what_was_sent_but_not_written_down_is_found(
    local_discord: LocalDiscord, database: Database, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(*range(100, 112))
    first = await make_deliverer().deliver(delivery)
    await begun(database, delivery, 0, 2, tuple(range(10)))
    await begun(database, delivery, 1, 2, (10, 11))
    assert await make_deliverer().deliver(delivery) == first
    assert posts(local_discord) == 2


async def test_what_was_written_down_but_not_sent_is_sent(
    local_discord: LocalDiscord, database: Database, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(*range(100, 112))
    await begun(database, delivery, 0, 2, tuple(range(10)))
    await make_deliverer().deliver(delivery)
    assert [len(message.attachments) for message in local_discord.channel("general").messages] == [10, 2]


async def test_another_download_of_the_same_sizes_is_not_taken_for_this_one(
    local_discord: LocalDiscord, database: Database, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    first, second = await make_delivery(100), await make_delivery(100)
    await begun(database, second, 0, 1, (0,))
    await make_deliverer().deliver(first)
    await make_deliverer().deliver(second)
    assert posts(local_discord) == 2


async def test_after_a_restart_with_another_limit_nothing_is_lost_or_doubled(
    local_discord: LocalDiscord, memory: Memory, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    """The first message left a large file out, the second one is lost; then the server is boosted."""
    delivery = await make_delivery(*[100] * 5, 12 * MIB, *[100] * 8)
    memory.limits[local_discord.guild().id] = 10 * MIB
    local_discord.faults.plan.add(_gone_after_the_first())
    with pytest.raises(Exception, match="Discord did not answer"):
        await make_deliverer(retry_period_s=0.1).deliver(delivery)
    local_discord.faults.clear()
    memory.limits.clear()
    receipts = await make_deliverer().deliver(delivery)
    messages = local_discord.channel("general").messages
    assert [[one.size_bytes for one in message.attachments] for message in messages] == [
        [100] * 10,
        [12 * MIB, *[100] * 3],
    ]
    assert all(receipt.left_out is None for receipt in receipts)


def _gone_after_the_first() -> Fault:
    return Fault(effect=Reset(), route=SEND, count=None, skip=1)


async def test_cancelled_it_ends_between_two_messages(
    local_discord: LocalDiscord, database: Database, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(*range(100, 125))
    local_discord.faults.slow(0.3, SEND)
    task = asyncio.create_task(make_deliverer().deliver(delivery))
    # The first message is on its way: before that, the cancellation ends the delivery without one.
    await local_discord.wait_for(FaultHappened, start=0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [len(message.attachments) for message in local_discord.channel("general").messages] == [10]
    async with database.connect() as tx:
        assert [record.is_confirmed for record in await tx.deliveries.list_for_item(delivery.item.id)] == [True]
    await make_deliverer().deliver(delivery)
    assert [len(message.attachments) for message in local_discord.channel("general").messages] == [10, 10, 5]


async def test_a_cancelled_message_that_hangs_is_ended_and_found_later(
    local_discord: LocalDiscord,
    make_deliverer: MakeDeliverer,
    make_delivery: MakeDelivery,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("boss_bot_core.bot.delivery.session.CANCEL_GRACE_S", 0.1)
    delivery = await make_delivery(100)
    local_discord.faults.slow(30, SEND, applied=True)
    task = asyncio.create_task(make_deliverer().deliver(delivery))
    await local_discord.wait_for(MessageCreated)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await make_deliverer().deliver(delivery)
    assert [len(message.attachments) for message in local_discord.channel("general").messages] == [1]
