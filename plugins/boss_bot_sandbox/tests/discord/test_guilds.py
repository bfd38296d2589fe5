"""Guilds, channels, threads and roles, with an unmodified discord.py client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest

from boss_bot_sandbox.discord import ApiError, ApiErrorKind, LocalDiscord, Overwrite, Permission

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.testing import RecordingBot


async def test_threads_are_started_written_to_and_archived(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    message = await general.send("topic")
    thread = await message.create_thread(name="details")
    assert thread.id == message.id
    await thread.send("inside")
    assert [one.content for one in local_discord.channel("details").messages] == ["inside"]
    alone = await general.create_thread(name="alone", type=discord.ChannelType.public_thread)
    await connected_bot.wait_for_event("thread_create", 2)
    await local_discord.user("ada").say(local_discord.channel("alone"), "hello")
    assert (await connected_bot.wait_for_event("message", 3)).channel.id == alone.id
    await alone.edit(archived=True)
    state = local_discord.channel("alone").value.thread
    assert state is not None
    assert state.archived
    await alone.delete()
    assert (await connected_bot.wait_for_event("raw_thread_delete")).thread_id == alone.id
    with pytest.raises(discord.HTTPException) as refused:
        await message.create_thread(name="again")
    assert refused.value.code == 160004


async def test_editing_a_channel_needs_a_permission(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    with pytest.raises(discord.Forbidden):
        await general.edit(topic="mine")
    local_discord.admin.grant(local_discord.channel("general"), Permission.MANAGE_CHANNELS)
    await general.edit(topic="mine", nsfw=True)
    assert local_discord.channel("general").value.age_restricted
    fetched = await connected_bot.fetch_channel(general.id)
    assert isinstance(fetched, discord.TextChannel)
    assert fetched.topic == "mine"
    local_discord.admin.restrict_age(local_discord.channel("general"), restricted=False)
    await connected_bot.wait_for_event("guild_channel_update", 3)
    assert not general.is_nsfw()
    await general.delete()
    assert (await connected_bot.wait_for_event("guild_channel_delete")).id == general.id


async def test_several_messages_are_deleted_in_one_request(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    messages = [await general.send(str(number)) for number in range(3)]
    local_discord.admin.grant(local_discord.channel("general"), Permission.MANAGE_MESSAGES)
    await general.delete_messages(messages[:2])
    assert [one.content for one in local_discord.channel("general").messages] == ["2"]


async def test_roles_and_overwrites_are_combined(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    guild, seed = local_discord.guild(), local_discord.seed
    trusted = seed.role("Trusted", guild)
    closed = seed.channel(
        "closed",
        guild,
        overwrites=(
            Overwrite(target_id=guild.id, for_member=False, deny=Permission.SEND_MESSAGES),
            Overwrite(target_id=trusted.id, for_member=False, allow=Permission.SEND_MESSAGES),
        ),
    )
    ada = local_discord.user("ada")
    with pytest.raises(ApiError) as refused:
        await ada.say(closed, "let me in")
    assert refused.value.kind is ApiErrorKind.MISSING_PERMISSIONS
    seed.give_roles(guild, ada.value, trusted)
    await ada.say(closed, "thank you")
    await local_discord.user("olivia").say(closed, "the owner may always")
    updated = await connected_bot.wait_for_event("member_update")
    assert updated.name == "ada"
    channel = connected_bot.get_channel(closed.id)
    assert isinstance(channel, discord.TextChannel)
    assert not channel.permissions_for(channel.guild.me).send_messages


async def test_an_administrator_role_has_all_permissions(local_discord: LocalDiscord) -> None:
    guild, seed = local_discord.guild(), local_discord.seed
    role = seed.role("Admin", guild, Permission.ADMINISTRATOR)
    boss = seed.person("boss", guild, role)
    message = await local_discord.user("ada").say(local_discord.channel("general"), "x")
    await local_discord.user("boss").delete(message)
    assert boss.username == "boss"
    assert local_discord.channel("general").messages == []


async def test_a_guild_is_read_over_rest(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    guild = await connected_bot.fetch_guild(local_discord.guild().id)
    assert guild.name == "Sandbox"
    assert {channel.name for channel in await guild.fetch_channels()} == {"general", "adults"}
    assert {role.name for role in await guild.fetch_roles()} == {"@everyone", "boss-bot", "Moderator"}
    assert [one.name async for one in connected_bot.fetch_guilds()] == ["Sandbox"]
    with pytest.raises(discord.NotFound):
        await guild.fetch_member(1)
    await connected_bot.guilds[0].leave()
    with pytest.raises(discord.Forbidden):
        await connected_bot.fetch_guild(guild.id)


async def test_users_have_a_default_avatar(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    ada = await connected_bot.fetch_user(local_discord.user("ada").id)
    assert ada.display_avatar.url.startswith(local_discord.cdn_url)
    assert (await ada.display_avatar.read()).startswith(b"\x89PNG")
    async with aiohttp.ClientSession() as http, http.get(local_discord.cdn_url + "/attachments/1/2/x") as answer:
        assert answer.status == 404
