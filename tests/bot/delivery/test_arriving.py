"""What arrives in the channel, and how it looks there."""

from boss_bot_core.database import Database
from boss_bot_core.domain.media import MediaInfo
from boss_bot_sandbox.discord import LocalDiscord
from tests.bot.delivery.conftest import MakeDeliverer, MakeDelivery


async def test_files_arrive_in_batches_of_ten_in_source_order(
    local_discord: LocalDiscord, database: Database, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(*range(1000, 1023), media=MediaInfo(title="Cats *and* @everyone"))
    receipts = await make_deliverer().deliver(delivery)
    messages = local_discord.channel("general").messages
    assert [[one.size_bytes for one in message.attachments] for message in messages] == [
        list(range(1000, 1010)),
        list(range(1010, 1020)),
        list(range(1020, 1023)),
    ]
    short_id = delivery.item.short_id
    assert [message.content.splitlines()[-1] for message in messages] == [
        f"-# {number}/3 · #{short_id}" for number in (1, 2, 3)
    ]
    assert messages[0].content.startswith("**Cats \\*and\\* @")
    assert not any(message.mention_everyone for message in messages)
    assert [receipt.reference for receipt in receipts] == [str(messages[position // 10].id) for position in range(23)]
    async with database.connect() as tx:
        records = await tx.deliveries.of_item(delivery.item.id)
    assert [(record.batch, record.batches, record.message_id) for record in records] == [
        (number, 3, message.id) for number, message in enumerate(messages)
    ]
