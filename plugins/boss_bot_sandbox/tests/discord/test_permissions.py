"""Permissions of the bot, withdrawn one at a time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import discord
import pytest

from boss_bot_sandbox.discord import ApiError, ApiErrorKind, LocalDiscord, Permission

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.testing import RecordingBot


@pytest.mark.parametrize(
    ("permission", "message", "code"),
    [
        (Permission.SEND_MESSAGES, {"content": "x"}, 50013),
        (Permission.VIEW_CHANNEL, {"content": "x"}, 50001),
        (Permission.EMBED_LINKS, {"embed": discord.Embed(title="x")}, 50013),
        (Permission.ATTACH_FILES, {"file": "x"}, 50013),
    ],
)
async def test_sending_needs_permissions(
    local_discord: LocalDiscord,
    general: discord.TextChannel,
    permission: Permission,
    message: dict[str, Any],
    code: int,
) -> None:
    if "file" in message:
        message = {"file": discord.File(io.BytesIO(b"x"), "x.txt")}
    local_discord.admin.withdraw(local_discord.channel("general"), permission)
    with pytest.raises(discord.Forbidden) as refused:
        await general.send(**message)
    assert refused.value.code == code
    local_discord.admin.grant(local_discord.channel("general"), permission)
    await general.send("better")


async def test_the_client_is_notified_of_a_withdrawn_permission(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    assert general.permissions_for(general.guild.me).attach_files
    local_discord.admin.withdraw(local_discord.channel("general"), Permission.ATTACH_FILES)
    await connected_bot.wait_for_event("guild_channel_update")
    assert not general.permissions_for(general.guild.me).attach_files


async def test_reactions_and_history_need_permissions(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    channel = local_discord.channel("general")
    message = await general.send("x")
    local_discord.admin.withdraw(channel, Permission.ADD_REACTIONS)
    with pytest.raises(discord.Forbidden):
        await message.add_reaction("👍")
    await local_discord.user("olivia").react(channel.messages[0], "👍")
    await message.add_reaction("👍")
    local_discord.admin.withdraw(channel, Permission.READ_MESSAGE_HISTORY)
    with pytest.raises(discord.Forbidden):
        await general.fetch_message(message.id)
    assert [one async for one in general.history()] == []
    with pytest.raises(discord.HTTPException) as refused:
        await message.reply("x")
    assert refused.value.code == 160002


async def test_the_bot_gets_no_events_of_a_channel_that_it_cannot_view(
    local_discord: LocalDiscord, connected_bot: RecordingBot
) -> None:
    general, adults = local_discord.channel("general"), local_discord.channel("adults")
    local_discord.admin.withdraw(general, Permission.VIEW_CHANNEL)
    ada = local_discord.user("ada")
    await ada.say(general, "hidden")
    await ada.say(adults, "seen")
    assert (await connected_bot.wait_for_event("message")).content == "seen"


async def test_the_bot_can_be_removed_and_invited_again(
    local_discord: LocalDiscord, connected_bot: RecordingBot
) -> None:
    guild = next(iter(local_discord.state.guilds.values()))
    channel = connected_bot.get_partial_messageable(local_discord.channel("general").id)
    local_discord.admin.remove_bot(guild)
    assert (await connected_bot.wait_for_event("guild_remove")).id == guild.id
    with pytest.raises(discord.Forbidden) as refused:
        await channel.send("hello?")
    assert refused.value.code == 50001
    local_discord.admin.invite_bot(guild)
    assert (await connected_bot.wait_for_event("guild_join")).name == "Sandbox"
    await channel.send("thank you")


async def test_a_user_with_closed_direct_messages_refuses_the_bot(
    local_discord: LocalDiscord, connected_bot: RecordingBot
) -> None:
    ada = local_discord.user("ada")
    local_discord.seed.close_direct(local_discord.state.user(ada.id))
    with pytest.raises(discord.Forbidden) as refused:
        await (await connected_bot.fetch_user(ada.id)).send("hello?")
    assert refused.value.code == 50007
    await (await connected_bot.fetch_user(local_discord.user("bob").id)).send("hello")


async def test_the_bot_has_a_role_of_its_own_as_long_as_it_is_a_member(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    own = general.guild.self_role
    assert own is not None
    assert (own.name, own.managed, own.tags and own.tags.bot_id) == ("boss-bot", True, local_discord.state.bot.id)
    assert own in general.guild.me.roles
    await local_discord.user("ada").say(local_discord.channel("general"), f"<@&{own.id}> dl")
    assert (await connected_bot.wait_for_event("message")).role_mentions == [own]
    local_discord.admin.remove_bot(local_discord.guild())
    await connected_bot.wait_for_event("guild_remove")
    local_discord.admin.invite_bot(local_discord.guild())
    invited = (await connected_bot.wait_for_event("guild_join")).self_role
    assert invited is not None
    assert invited.id != own.id
    assert [one.bot_id for one in local_discord.state.roles.values() if one.bot_id] == [local_discord.state.bot.id]


async def test_a_permission_can_be_withdrawn_from_one_member(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    channel, ada, milo = local_discord.channel("general"), local_discord.user("ada"), local_discord.user("milo")
    message = await ada.say(channel, "x")
    local_discord.admin.withdraw(channel, Permission.ATTACH_FILES, user=ada)
    local_discord.admin.withdraw(channel, Permission.MANAGE_MESSAGES, user=milo)
    for refused in (ada.say(channel, "y", files=[("a.txt", b"a")]), milo.delete(message)):
        with pytest.raises(ApiError) as error:
            await refused
        assert error.value.kind is ApiErrorKind.MISSING_PERMISSIONS
    await local_discord.user("bob").say(channel, "z", files=[("a.txt", b"a")])
    await milo.say(channel, "still here")
    by_author = {
        one.author.name: one.author for one in [await connected_bot.wait_for_event("message", n) for n in (1, 3)]
    }
    assert not general.permissions_for(by_author["ada"]).attach_files
    assert not general.permissions_for(by_author["milo"]).manage_messages
    local_discord.admin.grant(channel, Permission.MANAGE_MESSAGES, user=milo)
    await milo.delete(message)
