"""Observing a local Discord: the event log, and waiting for messages."""

from __future__ import annotations

import asyncio

import pytest

from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.events import MessageCreated, MessageDeleted, MessageEdited, ReactionAdded


async def test_events_are_logged_in_order_with_their_times(local_discord: LocalDiscord) -> None:
    ada, general = local_discord.user("ada"), local_discord.channel("general")
    start = len(local_discord.transcript)
    seen = []

    async def watch() -> None:
        async for entry in local_discord.subscribe(start):
            seen.append(entry)
            if isinstance(entry.event, MessageDeleted):
                return

    watching = asyncio.create_task(watch())
    message = await ada.say(general, "one")
    await ada.edit(message, "two")
    await ada.react(message, "👍")
    await ada.delete(message)
    await asyncio.wait_for(watching, 20)
    assert [type(entry.event) for entry in seen] == [MessageCreated, MessageEdited, ReactionAdded, MessageDeleted]
    assert [entry.number for entry in seen] == list(range(start, start + 4))
    assert sorted(entry.at_s for entry in seen) == [entry.at_s for entry in seen]


async def test_waiting_sees_short_lived_states(local_discord: LocalDiscord) -> None:
    ada, general = local_discord.user("ada"), local_discord.channel("general")
    message = await ada.say(general, "0 %")
    waiting = asyncio.create_task(general.wait_for(lambda one: one.content == "50 %"))
    await asyncio.sleep(0)
    await ada.edit(message, "50 %")
    await ada.edit(message, "100 %")
    assert (await waiting).content == "50 %"
    assert general.message(message).content == "100 %"
    assert [state.content for state in general.states(message)] == ["0 %", "50 %", "100 %"]


async def test_an_existing_message_is_returned_without_waiting(local_discord: LocalDiscord) -> None:
    ada, general = local_discord.user("ada"), local_discord.channel("general")
    message = await ada.say(general, "here")
    assert await general.wait_for(lambda one: one.content == "here", timeout_s=0) == message
    gone = asyncio.create_task(general.wait_until_deleted(message))
    await asyncio.sleep(0)
    await ada.delete(message)
    await asyncio.wait_for(gone, 20)
    await general.wait_until_deleted(message)


async def test_a_timeout_names_the_last_events(local_discord: LocalDiscord) -> None:
    await local_discord.user("ada").say(local_discord.channel("general"), "x")
    with pytest.raises(TimeoutError, match="MessageCreated"):
        await local_discord.channel("general").wait_for(lambda one: one.content == "y", timeout_s=0.01)


async def test_an_unknown_name_is_reported_with_the_known_names(local_discord: LocalDiscord) -> None:
    with pytest.raises(LookupError, match=r"'nobody'.*'ada'"):
        local_discord.user("nobody")
    with pytest.raises(LookupError, match="general"):
        local_discord.channel("nowhere")
    assert local_discord.user(str(local_discord.user("ada").id)).value.username == "ada"


async def test_a_server_without_seed_data_is_empty() -> None:
    async with LocalDiscord(seeded=False) as server:
        assert server.state.guilds == {}
        guild = server.seed.guild("Mine", boost_tier=2)
        assert server.guild("Mine") == guild
        assert {one.username for one in server.state.users.values()} == {"boss-bot", "olivia"}
