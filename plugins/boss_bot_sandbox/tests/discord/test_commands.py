"""Slash commands, autocomplete and context menus, with an unmodified discord.py client."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
import pytest
from discord import app_commands

from boss_bot_sandbox.discord import LocalDiscord, NotOfferedError
from boss_bot_sandbox.discord.events import CommandsRegistered
from boss_bot_sandbox.discord.testing import RecordingBot

Inter = discord.Interaction[Any]


@pytest.fixture
def recording_bot() -> RecordingBot:
    bot = RecordingBot()

    @bot.tree.command()
    @app_commands.describe(url="The link", priority="How urgent")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def dl(
        interaction: Inter, url: str, priority: app_commands.Range[int, 1, 3] = 2, to: discord.User | None = None
    ) -> None:
        """Download."""
        await interaction.response.defer()
        await asyncio.sleep(0.01)
        name = to.name if to else "nobody"
        await interaction.edit_original_response(content=f"{url} {priority} {name} {interaction.filesize_limit}")
        await interaction.followup.send("and more", ephemeral=True)

    @dl.autocomplete("url")
    async def offer(_: Inter, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current}{number}", value=str(number)) for number in range(3)]

    @bot.tree.context_menu(name="Download media")
    async def menu(interaction: Inter, message: discord.Message) -> None:
        await interaction.response.send_message(f"from: {message.content}", ephemeral=True)

    @bot.tree.context_menu(name="Who is it")
    async def who(interaction: Inter, user: discord.Member) -> None:
        await interaction.response.send_message(f"{user.name} of {user.guild.name}")

    settings = app_commands.Group(name="settings", description="Settings")

    @settings.command()
    async def file(interaction: Inter, cookies: discord.Attachment) -> None:
        """Take a file."""
        data = await cookies.read()
        await interaction.response.send_message(f"{cookies.filename}: {data.decode()}")

    @bot.tree.command()
    @app_commands.default_permissions(manage_guild=True)
    async def secret(interaction: Inter) -> None:
        """For the owner."""
        await interaction.response.send_message("psst")
        await interaction.response.send_message("twice")

    bot.tree.add_command(settings)

    @bot.tree.error
    async def remember(_: Inter, error: app_commands.AppCommandError) -> None:
        bot.dispatch("command_failed", error)

    return bot


async def test_commands_are_registered_and_keep_their_ids(
    local_discord: LocalDiscord, synced_bot: RecordingBot
) -> None:
    registered = await local_discord.wait_for(CommandsRegistered, start=0)
    assert {one.name for one in registered.commands} >= {"dl", "Download media", "settings"}
    before = {one.name: one.id for one in await synced_bot.tree.fetch_commands()}
    synced_bot.tree.remove_command("secret")
    after = {one.name: one.id for one in await synced_bot.tree.sync()}
    assert after == {name: number for name, number in before.items() if name != "secret"}


async def test_a_slash_command_sends_a_deferred_answer_and_a_followup(
    local_discord: LocalDiscord, synced_bot: RecordingBot
) -> None:
    ada, bob, general = local_discord.user("ada"), local_discord.user("bob"), local_discord.channel("general")
    observer = await ada.commands.slash(general, "dl", {"url": "https://x", "priority": 3, "to": str(bob.id)})
    limit = local_discord.state.options.default_upload_bytes
    assert (await observer.reply()).content == f"https://x 3 bob {limit}"
    more = await observer.wait_for(lambda one: one.content == "and more")
    assert more.visible_to == ada.id
    assert [one.content for one in bob.observe(general).messages] == [f"https://x 3 bob {limit}"]


async def test_command_options_are_validated_before_they_are_sent(
    local_discord: LocalDiscord, synced_bot: RecordingBot
) -> None:
    ada, general = local_discord.user("ada"), local_discord.channel("general")
    wrong: list[dict[str, str | int | float | bool]] = [
        {},
        {"url": "x", "priority": 9},
        {"url": 5},
        {"url": "x", "no": 1},
    ]
    for options in wrong:
        with pytest.raises(NotOfferedError):
            await ada.commands.slash(general, "dl", options)
    with pytest.raises(NotOfferedError):
        await ada.commands.slash(general, "unknown")


async def test_autocomplete_returns_choices(local_discord: LocalDiscord, synced_bot: RecordingBot) -> None:
    choices = await local_discord.user("ada").commands.complete(local_discord.channel("general"), "dl", "url", "ab")
    assert [(one["name"], one["value"]) for one in choices] == [("ab0", "0"), ("ab1", "1"), ("ab2", "2")]


async def test_a_context_menu_command_gets_its_target(local_discord: LocalDiscord, synced_bot: RecordingBot) -> None:
    ada, bob, general = local_discord.user("ada"), local_discord.user("bob"), local_discord.channel("general")
    message = await bob.say(general, "https://x.example/1")
    assert (await (await ada.menus.message("Download media", message)).reply()).content == "from: https://x.example/1"
    assert (await (await ada.menus.user(general, "Who is it", bob.value)).reply()).content == "bob of Sandbox"


async def test_a_subcommand_accepts_a_file(local_discord: LocalDiscord, synced_bot: RecordingBot) -> None:
    observer = await local_discord.user("ada").commands.slash(
        local_discord.channel("general"), "settings file", files=[("cookies", "c.txt", b"yum")]
    )
    assert (await observer.reply()).content == "c.txt: yum"


async def test_commands_are_offered_only_to_users_with_the_required_permission(
    local_discord: LocalDiscord, synced_bot: RecordingBot
) -> None:
    general = local_discord.channel("general")
    with pytest.raises(NotOfferedError):
        await local_discord.user("ada").commands.slash(general, "secret")
    assert (await (await local_discord.user("olivia").commands.slash(general, "secret")).reply()).content == "psst"
    error = await synced_bot.wait_for_event("command_failed")
    assert isinstance(error.original, discord.InteractionResponded)


async def test_user_installed_commands_work_in_guilds_without_the_bot(
    local_discord: LocalDiscord, synced_bot: RecordingBot
) -> None:
    elsewhere = local_discord.seed.guild("Elsewhere", bot=False)
    lobby = local_discord.seed.channel("lobby", elsewhere)
    eve = local_discord.seed.person("eve", elsewhere)
    person = local_discord.user("eve")
    with pytest.raises(NotOfferedError):
        await person.commands.slash(lobby, "dl", {"url": "x"})
    local_discord.seed.install_for(eve)
    observer = await person.commands.slash(lobby, "dl", {"url": "x"})
    assert (await observer.reply()).content.startswith("x 2 nobody")
    assert [command.name for command in person.commands.list_commands(lobby)] == ["dl"]
    with pytest.raises(discord.Forbidden):
        await synced_bot.get_partial_messageable(lobby.id).send("uninvited")
    assert (await (await person.commands.slash(person.direct(), "dl", {"url": "y"})).reply()).content.startswith("y")
