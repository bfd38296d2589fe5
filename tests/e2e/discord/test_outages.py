"""What Discord may do to everybody at once: connections cut, sessions forgotten, nothing reachable for a while.

Downloads go on meanwhile; each test looks at all of them afterwards.
"""

import asyncio

import pytest

from boss_bot_sandbox.discord.events import GatewayClosed, GatewayIdentified, GatewayResumed
from boss_bot_sandbox.discord.model.message import Message
from tests.e2e.discord.bot_driver import Sandbox, Scene, text_of

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


async def begin(sandbox: Sandbox, number: int, *, seconds: int) -> tuple[Scene, Message]:
    """Let somebody begin a download that takes a few seconds, and wait until it runs."""
    scene, rate = sandbox.scene(), 100_000
    return scene, await scene.begin(sandbox.video(number, size_bytes=rate * seconds, rate_bps=rate))


async def ends_well(scene: Scene, card: Message, timeout_s: float) -> None:
    """Wait until the card says that it is done, and look for anything that is there twice."""
    await scene.shows(card, "✅ Download complete!", timeout_s)
    posted = [text_of(one) for one in scene.posted()]
    assert scene.files() == ["clip.mp4"], posted
    assert [one.id for one in scene.cards()] == [card.id], posted


async def test_a_download_outlives_every_way_of_losing_the_connection(sandbox: Sandbox) -> None:
    scene, card = await begin(sandbox, 0, seconds=9)
    for lose in (drop, reconnect, close, invalidate):
        await lose(sandbox)
        # Commands and buttons come through the new connection.
        assert "· 1 running, 0 waiting" in (await scene.ask("$health")).content
        assert "downloading" in await scene.press(card, "Details")
    await ends_well(scene, card, 30)


async def test_all_of_it_was_counted_and_jobs_were_recovered_once(sandbox: Sandbox) -> None:
    async with asyncio.timeout(10):
        # Two seconds after a session has begun, the client takes for granted that there are no more servers.
        while sandbox.bot.output.count("Ready as ") < 2:
            await asyncio.sleep(0.1)
    health = (await sandbox.of("olivia").ask("$health")).content
    assert "Discord: 2 sessions, 4 connections lost, 3 resumed" in health, health
    assert ", 0 broke" in health
    assert "Taken back" not in sandbox.bot.output


async def outlives(sandbox: Sandbox, outage_s: int) -> Scene:
    """Let two downloads live through an outage, and return the scene of one."""
    # Media of its own: what another test has fetched would be delivered at once.
    late, early = await begin(sandbox, outage_s, seconds=7), await begin(sandbox, outage_s + 1, seconds=3)
    start = len(sandbox.discord.transcript)
    sandbox.discord.faults.outage(outage_s)
    await sandbox.discord.wait_for(GatewayClosed, start=start)
    # In the middle of it one download ends, and cannot be delivered yet.
    await early[0].until(early[1], "uploading")
    for scene, card in (early, late):
        await ends_well(scene, card, outage_s + 60)
    return late[0]


async def test_an_outage_ends_with_everything_delivered(sandbox: Sandbox) -> None:
    scene = await outlives(sandbox, 4)
    # Deliveries need no gateway; people do, and the client waits longer from one attempt to the next.
    assert "· 0 running, 0 waiting" in (await scene.ask("$health", 60)).content


@pytest.mark.slow
async def test_a_bot_that_starts_while_jobs_wait_finishes_them_though_the_gateway_fails(sandbox: Sandbox) -> None:
    scene, card = await begin(sandbox, 1, seconds=3)
    await sandbox.bot.kill()
    await sandbox.bot.start()
    sandbox.discord.faults.gateway.drop()
    await ends_well(scene, card, 60)


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_so_does_a_minutes_outage(sandbox: Sandbox) -> None:
    # The last of this bot: its next attempt to reach the gateway may be two minutes away.
    await outlives(sandbox, 60)
