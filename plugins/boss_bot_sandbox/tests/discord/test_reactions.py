"""Reactions of users and of the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from boss_bot_sandbox.discord import ApiError, ApiErrorKind, LocalDiscord, Permission

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.testing import RecordingBot


async def test_reactions_of_users_arrive_as_raw_events(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    ada, channel = local_discord.user("ada"), local_discord.channel("general")
    card = await general.send("card")
    await ada.react(channel.messages[0], "⏸️")
    added = await connected_bot.wait_for_event("raw_reaction_add")
    assert (added.message_id, added.user_id, str(added.emoji), added.guild_id) == (
        card.id,
        ada.id,
        "⏸️",
        general.guild.id,
    )
    assert added.member.name == "ada"
    await ada.unreact(channel.messages[0], "⏸")
    removed = await connected_bot.wait_for_event("raw_reaction_remove")
    assert (removed.message_id, removed.user_id) == (card.id, ada.id)
    assert channel.messages[0].reactions == ()


async def test_the_bot_adds_lists_and_removes_reactions(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    ada, channel = local_discord.user("ada"), local_discord.channel("general")
    card = await general.send("card")
    for emoji in ("⏸️", "⏹️"):
        await card.add_reaction(emoji)
    await card.add_reaction("⏸️")
    await ada.react(channel.messages[0], "⏹️")
    fetched = await general.fetch_message(card.id)
    assert [(str(one.emoji), one.count, one.me) for one in fetched.reactions] == [("⏸️", 1, True), ("⏹️", 2, True)]
    assert {user.name async for user in fetched.reactions[1].users()} == {"boss-bot", "ada"}
    with pytest.raises(discord.Forbidden):
        await card.remove_reaction("⏹️", discord.Object(ada.id))
    local_discord.admin.grant(channel, Permission.MANAGE_MESSAGES)
    await card.remove_reaction("⏹️", discord.Object(ada.id))
    assert [len(one.user_ids) for one in channel.messages[0].reactions] == [1, 1]
    await card.clear_reaction("⏸️")
    assert (await connected_bot.wait_for_event("raw_reaction_clear_emoji")).message_id == card.id
    await card.clear_reactions()
    assert (await connected_bot.wait_for_event("raw_reaction_clear")).message_id == card.id
    assert channel.messages[0].reactions == ()


async def test_a_reaction_that_is_not_an_emoji_is_refused(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    card = await general.send("card")
    with pytest.raises(discord.HTTPException) as refused:
        await card.add_reaction("nonsense")
    assert refused.value.code == 10014


async def test_a_message_has_at_most_twenty_different_reactions(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    await general.send("card")
    ada, message = local_discord.user("ada"), local_discord.channel("general").messages[0]
    for number in range(20):
        await ada.react(message, chr(0x1F600 + number))
    with pytest.raises(ApiError) as refused:
        await ada.react(message, "🎉")
    assert refused.value.kind is ApiErrorKind.TOO_MANY_REACTIONS
