"""Messages of an unmodified discord.py client: send, edit, read and delete, and requests that are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest

from boss_bot_sandbox.discord import ApiError, ApiErrorKind, LocalDiscord, Permission
from boss_bot_sandbox.discord.events import MessageCreated, RequestServed, TypingStarted

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.testing import RecordingBot


async def test_a_message_reaches_the_bot_and_the_reply_reaches_the_user(
    local_discord: LocalDiscord, connected_bot: RecordingBot
) -> None:
    ada, channel = local_discord.user("ada"), local_discord.channel("general")
    sent = await ada.say(channel, "hello there")
    message = await connected_bot.wait_for_event("message")
    assert (message.content, message.author.name, message.id) == ("hello there", "ada", sent.id)
    assert message.created_at == sent.created_at
    await message.reply("hello yourself", mention_author=False)
    reply = await channel.wait_for(lambda one: one.author_id == local_discord.state.bot.id)
    assert (reply.content, reply.reply_to_id, reply.mention_ids) == ("hello yourself", sent.id, ())
    own = await connected_bot.wait_for_event("message", 2)
    assert own.reference.resolved.content == "hello there"
    await message.reply("ping", mention_author=True)
    assert (await channel.wait_for(lambda one: one.content == "ping")).mention_ids == (ada.id,)


async def test_an_edit_is_dispatched_and_every_state_is_kept(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    channel = local_discord.channel("general")
    sent = await general.send("0 %", embed=discord.Embed(title="Card"))
    for percent in (40, 80):
        await sent.edit(content=f"{percent} %")
    await connected_bot.wait_for_event("message_edit", 2)
    assert [state.content for state in channel.states(channel.messages[0])] == ["0 %", "40 %", "80 %"]
    assert channel.messages[0].embeds == ({"type": "rich", "title": "Card", "flags": 0},)
    assert channel.messages[0].edited_at is not None
    await general.get_partial_message(sent.id).edit(content=None, embed=discord.Embed(description="done"))
    assert channel.messages[0].content == ""


async def test_messages_are_deleted_and_read_back(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    first, second, third = [await general.send(text) for text in ("one", "two", "three")]
    assert [one.content async for one in general.history(limit=2)] == ["three", "two"]
    assert [one.content async for one in general.history(after=first)] == ["two", "three"]
    assert [one.content async for one in general.history(before=second)] == ["one"]
    await second.delete()
    assert (await connected_bot.wait_for_event("message_delete")).id == second.id
    with pytest.raises(discord.NotFound) as refused:
        await general.fetch_message(second.id)
    assert refused.value.code == 10008
    with pytest.raises(discord.NotFound) as refused:
        await second.edit(content="too late")
    assert refused.value.code == 10008
    assert (await general.fetch_message(third.id)).content == "three"
    local_discord.admin.delete_channel(local_discord.channel("general").value)
    with pytest.raises(discord.NotFound) as refused:
        await general.send("anybody?")
    assert refused.value.code == 10003


async def test_the_bot_cannot_change_messages_of_users(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    theirs = await local_discord.user("ada").say(local_discord.channel("general"), "mine")
    with pytest.raises(discord.Forbidden) as refused:
        await general.get_partial_message(theirs.id).edit(content="yours")
    assert refused.value.code == 50005
    with pytest.raises(discord.Forbidden) as refused:
        await general.get_partial_message(theirs.id).delete()
    assert refused.value.code == 50013
    local_discord.admin.grant(local_discord.channel("general"), Permission.MANAGE_MESSAGES)
    await general.get_partial_message(theirs.id).delete()


async def test_an_enforced_nonce_returns_the_first_message_again(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    first = await general.send("once", nonce="delivery-1")
    again = await general.send("once", nonce="delivery-1")
    other = await general.send("twice", nonce="delivery-2")
    assert first.id == again.id != other.id
    assert [one.content for one in local_discord.channel("general").messages] == ["once", "twice"]
    assert sum(isinstance(entry.event, MessageCreated) for entry in local_discord.transcript) == 2


@pytest.mark.parametrize(
    ("message", "field", "code"),
    [
        ({"content": "x" * 2001}, "content", "2000 or fewer"),
        ({"embed": discord.Embed(title="x" * 257)}, "embeds.0.title", "256 or fewer"),
        ({"embed": discord.Embed(description="x" * 4097)}, "embeds.0.description", "4096 or fewer"),
        ({"embeds": [discord.Embed(description="x" * 3001) for _ in range(2)]}, "embeds", "exceeds maximum"),
        ({"content": "x", "nonce": "n" * 26}, "nonce", "25 or fewer"),
    ],
)
async def test_messages_over_the_limits_are_refused_with_the_field(
    general: discord.TextChannel, message: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(discord.HTTPException) as refused:
        await general.send(**message)
    assert (refused.value.status, refused.value.code) == (400, 50035)
    assert f"In {field}: " in refused.value.text
    assert code in refused.value.text


async def test_an_empty_message_is_refused(general: discord.TextChannel) -> None:
    with pytest.raises(discord.HTTPException) as refused:
        await general.send("")
    assert refused.value.code == 50006


async def test_a_reply_to_a_deleted_message_is_refused_unless_it_may_be_missing(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    gone = await general.send("soon gone")
    await gone.delete()
    with pytest.raises(discord.HTTPException) as refused:
        await gone.reply("x")
    assert (refused.value.code, "Unknown message" in refused.value.text) == (50035, True)
    sent = await general.send("x", reference=gone.to_reference(fail_if_not_exists=False))
    assert sent.reference is None


async def test_the_same_limits_apply_to_users(local_discord: LocalDiscord) -> None:
    with pytest.raises(ApiError) as refused:
        await local_discord.user("ada").say(local_discord.channel("general"), "x" * 2001)
    assert refused.value.kind is ApiErrorKind.INVALID_FORM


async def test_mentions_need_the_permission_and_allowed_mentions(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    ada, channel = local_discord.user("ada"), local_discord.channel("general")
    await general.send(f"@everyone <@{ada.id}>")
    assert (channel.messages[-1].mention_everyone, channel.messages[-1].mention_ids) == (False, (ada.id,))
    local_discord.admin.grant(channel, Permission.MENTION_EVERYONE)
    await general.send("@everyone")
    assert channel.messages[-1].mention_everyone
    await general.send(f"@everyone <@{ada.id}>", allowed_mentions=discord.AllowedMentions.none())
    assert (channel.messages[-1].mention_everyone, channel.messages[-1].mention_ids) == (False, ())


async def test_direct_messages_and_typing_work(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    ada = local_discord.user("ada")
    user = await connected_bot.fetch_user(ada.id)
    await user.send("just us")
    assert [one.content for one in ada.direct().messages] == ["just us"]
    async with user.typing():
        typing = await local_discord.wait_for(TypingStarted, start=0)
    assert (typing.channel_id, typing.guild_id) == (ada.direct().id, None)
    served = [entry.event for entry in local_discord.transcript if isinstance(entry.event, RequestServed)]
    assert ("POST", "/users/@me/channels", 200) in {(one.method, one.path, one.status) for one in served}
