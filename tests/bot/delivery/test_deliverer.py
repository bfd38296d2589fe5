"""What arrives in the channel, and how it looks there."""

from datetime import UTC, datetime
from uuid import UUID

import attrs
import pytest

from boss_bot_core.database import Database
from boss_bot_core.delivery.deliverer import AdultMediaError
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.domain.messages import CardRecord
from boss_bot_sandbox.discord import LocalDiscord, Permission
from boss_bot_sandbox.discord.events import MessageCreated
from tests.bot.delivery.conftest import MakeDeliverer, MakeDelivery


async def test_files_arrive_in_messages_of_ten_in_source_order(
    local_discord: LocalDiscord, database: Database, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(*range(1000, 1023))
    receipts = await make_deliverer().deliver(delivery)
    messages = local_discord.channel("general").messages
    assert [[one.size_bytes for one in message.attachments] for message in messages] == [
        list(range(1000, 1010)),
        list(range(1010, 1020)),
        list(range(1020, 1023)),
    ]
    parts = [f"-# {number}/3 · #{delivery.item.short_id}" for number in (1, 2, 3)]
    assert [message.content for message in messages] == parts
    assert [receipt.reference for receipt in receipts] == [str(messages[place // 10].id) for place in range(23)]
    assert [one.description for one in messages[2].attachments] == ["Picture 21", "Picture 22", "Picture 23"]
    assert messages[0].attachments[0].path.read_bytes() == delivery.files[0].file_path.read_bytes()
    async with database.connect() as tx:
        records = await tx.deliveries.list_for_item(delivery.item.id)
    assert [(record.batch, record.batches, record.message_id) for record in records] == [
        (number, 3, message.id) for number, message in enumerate(messages)
    ]
    assert {message.nonce for message in messages} == {record.nonce for record in records}


async def test_a_hostile_title_mentions_nobody_and_formats_nothing(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    title = "@everyone **bold** ||veil|| https://evil.example \u202e" + "x" * 10_000
    await make_deliverer().deliver(await make_delivery(10, media=MediaInfo(title=title)))
    (message,) = local_discord.channel("general").messages
    assert not message.mention_everyone
    assert "@everyone" not in message.content
    assert "\u202e" not in message.content
    assert message.content.startswith("**")
    assert "\\*\\*bold\\*\\* \\|\\|veil\\|\\|" in message.content
    assert len(message.content) < 400


async def _put_card(
    database: Database, item_id: UUID, channel_id: int, message_id: int, request_message_id: int | None = None
) -> None:
    record = CardRecord(
        item_id=item_id,
        channel_id=channel_id,
        message_id=message_id,
        request_message_id=request_message_id,
        created_at=datetime.now(UTC),
    )
    async with database.begin() as tx:
        await tx.cards.put(record)


@pytest.mark.parametrize("kind", ["message", "interaction"])
async def test_it_answers_the_request_or_else_the_card_without_a_ping(
    local_discord: LocalDiscord,
    database: Database,
    make_deliverer: MakeDeliverer,
    make_delivery: MakeDelivery,
    kind: str,
) -> None:
    general = local_discord.channel("general")
    request = await local_discord.user("ada").say(general, "$dl https://x.com/a/status/1")
    card = await local_discord.user("bob").say(general, "the card")
    delivery = await make_delivery(10)
    request_id = request.id if kind == "message" else None
    await _put_card(database, delivery.item.id, general.id, card.id, request_id)
    await make_deliverer().deliver(delivery)
    sent = general.messages[-1]
    assert sent.reply_to_id == (request.id if kind == "message" else card.id)
    assert sent.mention_ids == ()


async def test_a_request_that_was_deleted_is_not_answered_but_served(
    local_discord: LocalDiscord, database: Database, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    general = local_discord.channel("general")
    request = await local_discord.user("ada").say(general, "$dl https://x.com/a/status/1")
    delivery = await make_delivery(10)
    await _put_card(database, delivery.item.id, general.id, request.id)
    local_discord.admin.delete_message(request)
    await make_deliverer().deliver(delivery)
    assert [message.reply_to_id for message in general.messages] == [None]


async def test_without_the_channel_s_history_it_arrives_without_an_answer(
    local_discord: LocalDiscord, database: Database, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    general = local_discord.channel("general")
    request = await local_discord.user("ada").say(general, "$dl https://x.com/a/status/1")
    delivery = await make_delivery(10)
    await _put_card(database, delivery.item.id, general.id, request.id)
    local_discord.admin.withdraw(general, Permission.READ_MESSAGE_HISTORY)
    await make_deliverer().deliver(delivery)
    assert [len(message.attachments) for message in general.messages] == [0, 1]


async def test_a_wished_veil_covers_every_file_and_the_title(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    await make_deliverer().deliver(await make_delivery(10, 20, media=MediaInfo(title="Ending"), spoiler=True))
    (message,) = local_discord.channel("general").messages
    assert [one.is_spoiler for one in message.attachments] == [True, True]
    assert message.content.startswith("||Ending||")


async def test_adult_media_are_veiled_in_age_restricted_channels(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    media = MediaInfo(title="Adults", adult=True)
    await make_deliverer().deliver(await make_delivery(10, channel="adults", media=media))
    (message,) = local_discord.channel("adults").messages
    assert message.attachments[0].is_spoiler
    assert message.content.startswith("||Adults||")


async def test_adult_media_go_nowhere_else(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(10, media=MediaInfo(title="Adults"))
    item = attrs.evolve(delivery.item, adult=True)
    direct = str(local_discord.seed.direct(local_discord.state.users[local_discord.user("ada").id]).id)
    for target in (item.destination.target, direct):
        there = attrs.evolve(item, destination=attrs.evolve(item.destination, target=target))
        with pytest.raises(AdultMediaError):
            await make_deliverer().deliver(attrs.evolve(delivery, item=there))
    assert not any(isinstance(entry.event, MessageCreated) for entry in local_discord.transcript)
    assert all(file.file_path.exists() for file in delivery.files)


async def test_direct_messages_take_files_too(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(10)
    direct = local_discord.seed.direct(local_discord.state.users[local_discord.user("ada").id])
    destination = attrs.evolve(delivery.item.destination, target=str(direct.id))
    await make_deliverer().deliver(attrs.evolve(delivery, item=attrs.evolve(delivery.item, destination=destination)))
    assert [len(message.attachments) for message in local_discord.channel(str(direct.id)).messages] == [1]
