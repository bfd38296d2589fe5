"""Connecting, resuming and being sent away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from conftest import Client

    from boss_bot_sandbox.discord import LocalDiscord


async def test_a_client_becomes_ready_with_its_guilds(local_discord: LocalDiscord, client: Client) -> None:
    (guild,) = client.guilds
    assert guild.name == "Sandbox"
    assert {channel.name for channel in guild.text_channels} == {"general", "adults"}
    assert {member.name for member in guild.members} == {"boss-bot", "olivia", "milo", "ada", "bob"}
    assert discord.utils.get(guild.text_channels, name="adults").is_nsfw()
    assert client.user.id == local_discord.world.bot.id
    assert client.application.owner.id == local_discord.world.owner.id
    assert (await client.http.get_bot_gateway())[0] == 1


async def test_a_message_reaches_the_client_and_its_reply_the_person(
    local_discord: LocalDiscord, client: Client
) -> None:
    ada, general = local_discord.user("ada"), local_discord.channel("general")
    sent = await ada.say(general, "hello there")
    message = await client.event_named("message")
    assert (message.content, message.author.name, message.id) == ("hello there", "ada", sent.id)
    await message.reply("hello yourself", mention_author=False)
    reply = await general.wait_for(lambda one: one.author_id == local_discord.world.bot.id)
    assert (reply.content, reply.reply_to_id, reply.mention_ids) == ("hello yourself", sent.id, ())
