"""Forwarded messages, with an unmodified discord.py client."""

from __future__ import annotations

import discord
import pytest

from boss_bot_sandbox.discord import ApiError, ApiErrorKind, LocalDiscord, Options, Permission, PrivilegedIntent
from boss_bot_sandbox.discord.testing import RecordingBot, run_bot


async def test_a_forwarded_message_brings_a_snapshot(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    ada, general, adults = local_discord.user("ada"), local_discord.channel("general"), local_discord.channel("adults")
    source = await ada.say(adults, "look: https://x.example/1", files=[("SPOILER_a.txt", b"abc")])
    await ada.forward(source, general)
    await ada.edit(source, "gone")
    received: discord.Message = await connected_bot.wait_for_event("message", 2)
    assert (received.content, received.attachments, received.flags.forwarded) == ("", [], True)
    (snapshot,) = received.message_snapshots
    assert snapshot.content == "look: https://x.example/1"
    assert snapshot.created_at == source.created_at
    assert await snapshot.attachments[0].read() == b"abc"
    assert snapshot.attachments[0].is_spoiler()
    reference = received.reference
    assert reference is not None
    assert (reference.type, reference.channel_id, reference.message_id) == (
        discord.MessageReferenceType.forward, adults.id, source.id,
    )  # fmt: skip
    assert (await received.channel.fetch_message(received.id)).message_snapshots[0].content == snapshot.content


async def test_a_forward_of_a_forward_and_of_the_bot_contains_the_first_message(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    embedded = await general.send(embed=discord.Embed(description="https://x.example/2"))
    forwarded = await embedded.forward(general)
    assert forwarded.message_snapshots[0].embeds[0].description == "https://x.example/2"
    observer = local_discord.channel("general")
    await local_discord.user("ada").forward(observer.messages[-1], observer)
    again = await connected_bot.wait_for_event("message", 3)
    assert again.message_snapshots[0].embeds[0].description == "https://x.example/2"
    assert again.author.name == "ada"


async def test_a_user_can_forward_only_what_that_user_can_read(local_discord: LocalDiscord) -> None:
    ada, general, adults = local_discord.user("ada"), local_discord.channel("general"), local_discord.channel("adults")
    hidden = await ada.say(adults, "hidden")
    local_discord.admin.withdraw(adults, Permission.VIEW_CHANNEL, user=ada)
    with pytest.raises(ApiError) as error:
        await ada.forward(hidden, general)
    assert error.value.kind is ApiErrorKind.MISSING_ACCESS
    await local_discord.user("bob").forward(hidden, general)


class TestWithoutMessageContent:
    @pytest.fixture
    def discord_options(self) -> Options:
        return Options(portal_intents=frozenset(PrivilegedIntent) - {PrivilegedIntent.MESSAGE_CONTENT})

    async def test_the_snapshot_is_empty(self, local_discord: LocalDiscord) -> None:
        ada, general = local_discord.user("ada"), local_discord.channel("general")
        intents = discord.Intents.all()
        intents.message_content = False
        async with run_bot(RecordingBot(intents), local_discord.token) as bot:
            await ada.forward(await ada.say(general, "secret"), general)
            assert (await bot.wait_for_event("message", 2)).message_snapshots[0].content == ""
