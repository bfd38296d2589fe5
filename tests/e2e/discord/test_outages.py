"""Outages of Discord: cut connections, forgotten sessions, and no reachable server for a while.

Downloads continue meanwhile; each test checks all of them afterwards.
"""

import asyncio

import pytest

from boss_bot_sandbox.discord.events import GatewayClosed, GatewayIdentified, GatewayResumed
from boss_bot_sandbox.discord.model.message import Message
from tests.e2e.discord.bot_driver import Chat, Sandbox, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def drop(sandbox: Sandbox) -> None:
    start = len(sandbox.discord.transcript)
    sandbox.discord.faults.gateway.drop()
    await sandbox.discord.wait_for(GatewayResumed, timeout_s=20, start=start)


async def reconnect(sandbox: Sandbox) -> None:
    start = len(sandbox.discord.transcript)
    await sandbox.discord.faults.gateway.reconnect()
    await sandbox.discord.wait_for(GatewayResumed, timeout_s=20, start=start)


async def close(sandbox: Sandbox) -> None:
    start = len(sandbox.discord.transcript)
    await sandbox.discord.faults.gateway.close(4000)
    await sandbox.discord.wait_for(GatewayResumed, timeout_s=20, start=start)


async def invalidate(sandbox: Sandbox) -> None:
    start = len(sandbox.discord.transcript)
    await sandbox.discord.faults.gateway.invalidate()
    await sandbox.discord.wait_for(GatewayIdentified, timeout_s=30, start=start)


async def begin(sandbox: Sandbox, number: int, *, seconds: int) -> tuple[Chat, Message]:
    """Start a download that takes a few seconds, and wait until it runs."""
    chat, rate = sandbox.open_chat(), 100_000
    return chat, await chat.begin(sandbox.video(number, size_bytes=rate * seconds, rate_bps=rate))


async def wait_until_delivered(chat: Chat, card: Message, timeout_s: float) -> None:
    """Wait until the card shows the completed download, and check that nothing was posted twice."""
    await chat.shows(card, "✅ Download complete!", timeout_s)
    posted = [text_of(one) for one in chat.posted()]
    assert chat.files() == ["clip.mp4"], posted
    assert [one.id for one in chat.cards()] == [card.id], posted


async def test_a_download_survives_every_loss_of_the_connection(sandbox: Sandbox) -> None:
    chat, card = await begin(sandbox, 0, seconds=9)
    for lose in (drop, reconnect, close, invalidate):
        await lose(sandbox)
        # Commands and buttons come through the new connection.
        assert "· 1 running, 0 waiting" in (await chat.ask("$health")).content
        assert "downloading" in await chat.press(card, "Details")
    await wait_until_delivered(chat, card, 30)


async def test_lost_connections_are_counted_and_jobs_recovered_once(sandbox: Sandbox) -> None:
    async with asyncio.timeout(10):
        # The client waits two seconds for further servers before a new session is ready.
        while sandbox.bot.output.count("Ready as ") < 2:
            await asyncio.sleep(0.1)
    health = (await sandbox.chat_of("olivia").ask("$health")).content
    assert "Discord: 2 sessions, 4 connections lost, 3 resumed" in health, health
    assert ", 0 broke" in health
    assert "Taken back" not in sandbox.bot.output


async def survive_outage(sandbox: Sandbox, outage_s: int) -> Chat:
    """Run two downloads during an outage, and return the chat of one."""
    # Each test needs its own media: files of other tests would be delivered at once.
    late, early = await begin(sandbox, outage_s, seconds=7), await begin(sandbox, outage_s + 1, seconds=3)
    start = len(sandbox.discord.transcript)
    sandbox.discord.faults.outage(outage_s)
    await sandbox.discord.wait_for(GatewayClosed, start=start)
    # One download ends during the outage and cannot be delivered yet.
    await early[0].wait_for_status(early[1], "uploading")
    for chat, card in (early, late):
        await wait_until_delivered(chat, card, outage_s + 60)
    return late[0]


async def test_everything_is_delivered_after_an_outage(sandbox: Sandbox) -> None:
    chat = await survive_outage(sandbox, 4)
    # Deliveries need no gateway, but commands do, and the client's pauses between its attempts grow.
    assert "· 0 running, 0 waiting" in (await chat.ask("$health", 60)).content


@pytest.mark.slow
async def test_a_restarted_bot_finishes_its_jobs_when_the_gateway_fails(sandbox: Sandbox) -> None:
    chat, card = await begin(sandbox, 1, seconds=3)
    await sandbox.bot.kill()
    await sandbox.bot.start()
    sandbox.discord.faults.gateway.drop()
    await wait_until_delivered(chat, card, 60)


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_everything_is_delivered_after_an_outage_of_a_minute(sandbox: Sandbox) -> None:
    # This is the last test of this bot: its next attempt to reach the gateway may come after two minutes.
    await survive_outage(sandbox, 60)
