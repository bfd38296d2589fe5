"""Archived, locked and unannounced threads, with an unmodified discord.py client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from boss_bot_sandbox.discord import ApiError, ApiErrorKind, LocalDiscord, Permission
from boss_bot_sandbox.discord.testing import run_bot

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.testing import RecordingBot


async def test_the_bot_can_neither_send_nor_edit_in_a_locked_thread(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    thread = await general.create_thread(name="topic", type=discord.ChannelType.public_thread)
    card = await thread.send("card")
    local_discord.admin.change_thread(local_discord.channel("topic"), locked=True)
    for refused in (thread.send("x"), card.edit(content="x")):
        with pytest.raises(discord.HTTPException) as error:
            await refused
        assert (error.value.status, error.value.code) == (400, 50083)
    with pytest.raises(discord.Forbidden):
        await thread.edit(name="x")
    with pytest.raises(ApiError) as user_error:
        await local_discord.user("ada").say(local_discord.channel("topic"), "x")
    assert user_error.value.kind is ApiErrorKind.THREAD_ARCHIVED
    await card.add_reaction("👍")
    await card.delete()
    local_discord.admin.grant(local_discord.channel("general"), Permission.MANAGE_THREADS)
    assert (await thread.send("now")).content == "now"


async def test_an_archived_thread_is_reopened_by_a_message_but_not_by_an_edit(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    thread = await general.create_thread(name="topic", type=discord.ChannelType.public_thread)
    card = await thread.send("card")
    topic = local_discord.channel("topic")
    local_discord.admin.change_thread(topic, archived=True)
    for refused in (card.edit(content="x"), card.add_reaction("👍"), thread.join()):
        with pytest.raises(discord.HTTPException) as error:
            await refused
        assert (error.value.status, error.value.code) == (400, 50083)
    await connected_bot.wait_for_event("thread_update")
    assert general.guild.get_thread(thread.id) is None
    await local_discord.user("ada").say(topic, "hello")
    assert (await connected_bot.wait_for_event("message", 2)).channel.archived is False
    assert (await card.edit(content="x")).content == "x"


async def test_a_locked_and_archived_thread_refuses_even_deletions_and_answers(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    thread = await general.create_thread(name="topic", type=discord.ChannelType.public_thread)
    card = await thread.send("card", view=discord.ui.View().add_item(discord.ui.Button(label="Go", custom_id="go")))
    topic = local_discord.channel("topic")
    await local_discord.user("ada").press(topic.messages[-1], "Go")
    interaction = await connected_bot.wait_for_event("interaction")
    local_discord.admin.change_thread(topic, archived=True, locked=True)
    for refused in (card.delete(), thread.send("x"), interaction.response.send_message("x", ephemeral=True)):
        with pytest.raises(discord.HTTPException) as error:
            await refused
        assert (error.value.status, error.value.code) == (400, 50083)


async def test_a_thread_that_was_archived_at_the_connect_becomes_known_when_it_is_reopened(
    local_discord: LocalDiscord, recording_bot: RecordingBot
) -> None:
    topic = local_discord.seed.thread("topic", local_discord.channel("general"))
    local_discord.admin.change_thread(topic, archived=True)
    async with run_bot(recording_bot, local_discord.token) as bot:
        assert bot.get_channel(topic.id) is None
        await local_discord.user("ada").say(topic, "hello")
        assert (await bot.wait_for_event("message")).channel.name == "topic"


async def test_a_client_knows_an_unannounced_thread_only_by_its_messages(
    local_discord: LocalDiscord, connected_bot: RecordingBot
) -> None:
    ada = local_discord.user("ada")
    topic = local_discord.seed.thread("topic", local_discord.channel("general"), owner=ada.value, announced=False)
    await ada.say(topic, "hello")
    message = await connected_bot.wait_for_event("message")
    assert message.channel.id == topic.id
    assert connected_bot.get_channel(topic.id) is None
    fetched = await connected_bot.fetch_channel(topic.id)
    assert isinstance(fetched, discord.Thread)
    assert (fetched.owner_id, fetched.parent_id) == (ada.id, local_discord.channel("general").id)
    local_discord.admin.change_thread(topic, announced=True)
    assert (await connected_bot.wait_for_event("thread_join")).id == topic.id


async def test_a_client_is_told_of_the_deletion_of_an_unannounced_thread(
    local_discord: LocalDiscord, connected_bot: RecordingBot
) -> None:
    topic = local_discord.seed.thread("topic", local_discord.channel("general"), announced=False)
    local_discord.admin.delete_channel(topic)
    assert (await connected_bot.wait_for_event("raw_thread_delete")).thread_id == topic.id


async def test_only_a_moderator_can_lock_and_reopen_a_locked_thread(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    thread = await general.create_thread(name="topic", type=discord.ChannelType.public_thread)
    with pytest.raises(discord.Forbidden):
        await thread.edit(locked=True)
    local_discord.admin.grant(local_discord.channel("general"), Permission.MANAGE_THREADS)
    await thread.edit(locked=True, archived=True)
    with pytest.raises(discord.HTTPException) as error:
        await thread.edit(name="x")
    assert error.value.code == 50083
    local_discord.admin.withdraw(local_discord.channel("general"), Permission.MANAGE_THREADS)
    with pytest.raises(discord.Forbidden):
        await thread.edit(archived=False)
    local_discord.admin.grant(local_discord.channel("general"), Permission.MANAGE_THREADS)
    assert (await thread.edit(archived=False)).archived is False
