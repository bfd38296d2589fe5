"""Gateway connections that end in all ways in which Discord ends them; the client reconnects and misses nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import aiohttp

from boss_bot_sandbox.discord.events import Event, GatewayClosed, GatewayIdentified, GatewayResumed

if TYPE_CHECKING:
    from boss_bot_sandbox.discord import LocalDiscord
    from boss_bot_sandbox.discord.testing import RecordingBot

T = TypeVar("T", bound=Event)


def _of(server: LocalDiscord, kind: type[T]) -> list[T]:
    return [entry.event for entry in server.transcript if isinstance(entry.event, kind)]


async def test_a_reset_connection_is_resumed_and_missed_messages_are_replayed(
    local_discord: LocalDiscord, connected_bot: RecordingBot
) -> None:
    ada, general = local_discord.user("ada"), local_discord.channel("general")
    await ada.say(general, "one")
    await connected_bot.wait_for_event("message")
    local_discord.faults.gateway.drop()
    await ada.say(general, "two")
    await ada.say(general, "three")
    await connected_bot.wait_for_event("resumed")
    messages = [(await connected_bot.wait_for_event("message", number)).content for number in (1, 2, 3)]
    assert messages == ["one", "two", "three"]
    assert len(_of(local_discord, GatewayIdentified)) == 1
    assert [event.replayed for event in _of(local_discord, GatewayResumed)] == [2]


async def test_the_client_resumes_after_a_reconnect_request(
    local_discord: LocalDiscord, connected_bot: RecordingBot
) -> None:
    await local_discord.faults.gateway.reconnect()
    await connected_bot.wait_for_event("resumed")
    await local_discord.user("ada").say(local_discord.channel("general"), "still there?")
    assert (await connected_bot.wait_for_event("message")).content == "still there?"


async def test_the_client_resumes_after_a_resumable_close_code(
    local_discord: LocalDiscord, connected_bot: RecordingBot
) -> None:
    await local_discord.faults.gateway.close(4000)
    await connected_bot.wait_for_event("resumed")
    assert (await local_discord.wait_for(GatewayClosed, start=0)).code == 4000


async def test_an_invalid_session_makes_the_client_identify_again(
    local_discord: LocalDiscord, connected_bot: RecordingBot
) -> None:
    await local_discord.faults.gateway.invalidate()
    await connected_bot.wait_for_event("ready", 2)
    assert len(_of(local_discord, GatewayIdentified)) == 2
    await local_discord.user("ada").say(local_discord.channel("general"), "new session")
    assert (await connected_bot.wait_for_event("message")).content == "new session"


async def test_a_resumable_invalid_session_is_resumed(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    await local_discord.faults.gateway.invalidate(resumable=True)
    await connected_bot.wait_for_event("resumed")
    assert len(_of(local_discord, GatewayIdentified)) == 1


async def test_a_session_that_ended_during_a_disconnection_starts_anew(
    local_discord: LocalDiscord, connected_bot: RecordingBot
) -> None:
    local_discord.gateway.hub.sessions.clear()
    local_discord.faults.gateway.drop()
    await connected_bot.wait_for_event("ready", 2)
    assert not _of(local_discord, GatewayResumed)


async def test_the_client_reconnects_after_an_outage(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    local_discord.faults.outage(0.3)
    await connected_bot.wait_for_event("disconnect")
    await local_discord.user("ada").say(local_discord.channel("general"), "missed?")
    await asyncio.sleep(0.3)
    assert (await connected_bot.wait_for_event("message", timeout_s=15)).content == "missed?"
    assert connected_bot.latency < 5


async def test_a_client_that_closes_normally_ends_its_session(local_discord: LocalDiscord) -> None:
    async with aiohttp.ClientSession() as http, http.ws_connect(local_discord.gateway_url + "?v=10") as socket:
        await socket.send_json({"op": 2, "d": {"token": local_discord.token, "intents": 0}})
        assert [(await socket.receive_json())["op"] for _ in ("hello", "ready")] == [10, 0]
        assert len(local_discord.gateway.hub.sessions) == 1
        await socket.close(code=1000)
    assert (await local_discord.wait_for(GatewayClosed, start=0)).code == 1000
    assert not local_discord.gateway.hub.sessions
