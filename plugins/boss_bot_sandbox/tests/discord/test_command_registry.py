"""Registration of commands one by one and for one guild."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest
from discord import app_commands

from boss_bot_sandbox.discord.events import InteractionCreated
from boss_bot_sandbox.discord.testing import RecordingBot

if TYPE_CHECKING:
    from boss_bot_sandbox.discord import LocalDiscord


@pytest.fixture
def recording_bot() -> RecordingBot:
    bot = RecordingBot()

    @bot.tree.command()
    async def dl(interaction: discord.Interaction[Any], url: str = "") -> None:
        """Download."""
        await interaction.response.send_message(f"got {url}")

    return bot


async def test_a_guild_command_hides_the_global_one(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    tree, guild = connected_bot.tree, discord.Object(local_discord.guild().id)
    await tree.sync()
    tree.copy_global_to(guild=guild)
    (own,) = await tree.sync(guild=guild)
    assert own.guild_id == guild.id
    ada, general = local_discord.user("ada"), local_discord.channel("general")
    assert [command.id for command in ada.commands.list_commands(general)] == [own.id]
    assert (await (await ada.commands.slash(general, "dl", {"url": "x"})).reply()).content == "got x"
    used = await local_discord.wait_for(InteractionCreated, start=0)
    assert used.interaction.data["guild_id"] == str(guild.id)


async def test_one_command_is_read_edited_and_deleted(local_discord: LocalDiscord, connected_bot: RecordingBot) -> None:
    (command,) = await connected_bot.tree.sync()
    changed = await command.edit(description="Fetch")
    assert (changed.id, changed.description) == (command.id, "Fetch")
    assert [option.name for option in changed.options] == ["url"]
    assert (await connected_bot.tree.fetch_command(command.id)).description == "Fetch"
    await command.delete()
    with pytest.raises(discord.NotFound) as refused:
        await connected_bot.tree.fetch_command(command.id)
    assert refused.value.code == 10063
    assert await connected_bot.tree.fetch_commands() == []


async def test_an_invalid_command_refuses_the_whole_sync(
    local_discord: LocalDiscord, connected_bot: RecordingBot
) -> None:
    await connected_bot.tree.sync()
    group = app_commands.Group(name="x", description="y" * 100)
    group.description = "y" * 101
    connected_bot.tree.add_command(group)
    with pytest.raises(app_commands.CommandSyncFailure):
        await connected_bot.tree.sync()
    assert [command.name for command in await connected_bot.tree.fetch_commands()] == ["dl"]


async def test_a_single_command_can_be_added(local_discord: LocalDiscord) -> None:
    url = f"{local_discord.rest_url}/applications/{local_discord.state.bot.id}/commands"
    body = {"name": "ping", "description": "x"}
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {local_discord.token}"}) as http:
        for status, address, data in (
            (201, url, body),
            (201, url, body | {"description": "y"}),
            (403, url.replace(str(local_discord.state.bot.id), "1"), body),
            (403, url.replace("/commands", "/guilds/1/commands"), body),
            (400, url, body | {"name": "Not Allowed"}),
        ):
            async with http.post(address, json=data) as answer:
                assert answer.status == status
        async with http.get(url) as answer:
            assert [one["description"] for one in await answer.json()] == ["y"]
        for wrong in (b"nonsense", b"{}"):
            async with http.put(url, data=wrong) as answer:
                assert answer.status == 400
