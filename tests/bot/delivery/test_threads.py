"""Threads: they have their channel's age restriction, permissions of their own, and are put away when nobody writes."""

import attrs
import discord
import pytest

from boss_bot_core.delivery import Delivery
from boss_bot_core.delivery.deliverer import AdultMediaError, DeliveryForbiddenError
from boss_bot_core.domain.media import MediaInfo
from boss_bot_sandbox.discord import LocalDiscord, Permission
from boss_bot_sandbox.discord.testing import RecordingBot
from tests.bot.delivery.conftest import MakeDeliverer, MakeDelivery


async def a_thread(bot: RecordingBot, server: LocalDiscord, channel: str = "general") -> discord.Thread:
    parent = bot.get_channel(server.channel(channel).id)
    assert isinstance(parent, discord.TextChannel)
    return await parent.create_thread(name="aside", type=discord.ChannelType.public_thread)


def into(thread: discord.Thread, delivery: Delivery) -> Delivery:
    destination = attrs.evolve(delivery.item.destination, target=str(thread.id))
    return attrs.evolve(delivery, item=attrs.evolve(delivery.item, destination=destination))


@pytest.mark.parametrize("archived", [False, True])
async def test_files_arrive_in_threads_also_in_those_that_were_put_away(
    connected_bot: RecordingBot,
    local_discord: LocalDiscord,
    make_deliverer: MakeDeliverer,
    make_delivery: MakeDelivery,
    *,
    archived: bool,
) -> None:
    thread = await a_thread(connected_bot, local_discord)
    if archived:
        await thread.edit(archived=True)
    await make_deliverer().deliver(into(thread, await make_delivery(10)))
    messages = local_discord.channel(str(thread.id)).messages
    assert [len(message.attachments) for message in messages] == [1]


async def test_a_thread_is_as_age_restricted_as_its_channel(
    connected_bot: RecordingBot, local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    media = MediaInfo(title="Adults", adult=True)
    open_, restricted = [await a_thread(connected_bot, local_discord, name) for name in ("general", "adults")]
    with pytest.raises(AdultMediaError):
        await make_deliverer().deliver(into(open_, await make_delivery(10, media=media)))
    await make_deliverer().deliver(into(restricted, await make_delivery(10, media=media)))
    (message,) = local_discord.channel(str(restricted.id)).messages
    assert message.attachments[0].is_spoiler


async def test_the_right_to_write_in_threads_is_asked_for(
    connected_bot: RecordingBot, local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    thread = await a_thread(connected_bot, local_discord)
    local_discord.admin.withdraw(local_discord.channel("general"), Permission.SEND_MESSAGES_IN_THREADS)
    with pytest.raises(DeliveryForbiddenError, match="Send Messages in Threads"):
        await make_deliverer().deliver(into(thread, await make_delivery(10)))
