"""FaultyCog in commands, slash commands, buttons and events are answered, logged with their traceback, and counted."""

from typing import Any

import discord
import pytest
from discord import app_commands
from discord.ext import commands

from boss_bot_core.bot.client import BossBot
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.events import FaultHappened

BUG_TEXT = "💥 Something broke on my side. Try again; if it stays, tell the operator."


class FaultyCog(commands.Cog):
    """Commands and a listener that raise."""

    @commands.command()
    async def bug(self, ctx: commands.Context[Any]) -> None:
        raise KeyError("typed")

    @commands.command()
    async def number(self, ctx: commands.Context[Any], number: int) -> None:
        """Accept a number."""

    @app_commands.command(name="bug")
    async def slash(self, interaction: discord.Interaction[Any], defer: bool) -> None:  # noqa: FBT001 - an option
        """Break."""
        if defer:
            await interaction.response.defer(ephemeral=True, thinking=True)
        raise KeyError("slash")

    @commands.Cog.listener()
    async def on_message_delete(self, _: discord.Message) -> None:
        raise KeyError("event")


@pytest.fixture
async def faulty_bot(bot: BossBot) -> BossBot:
    await bot.add_cog(FaultyCog())
    await bot.tree.sync()
    return bot


async def test_a_typed_commands_bug_is_answered(
    faulty_bot: BossBot, local_discord: LocalDiscord, logged_errors: list[str]
) -> None:
    ada, general = local_discord.user("ada"), local_discord.channel("general")
    await ada.say(general, "$bug")
    await general.wait_for(lambda message: message.content == BUG_TEXT)
    assert len(logged_errors) == 1
    assert "A bug ended bug." in logged_errors[0]
    assert "KeyError: 'typed'" in logged_errors[0]
    assert faulty_bot.metrics.broken == 1
    await ada.say(general, "$number *x*")
    said = await general.wait_for(lambda message: message.content.startswith("❌"))
    assert said.content.startswith("❌ I don't understand that: ")
    assert faulty_bot.metrics.broken == 1


@pytest.mark.parametrize("defer", [False, True])
async def test_a_slash_commands_bug_is_answered_ephemerally(
    faulty_bot: BossBot, local_discord: LocalDiscord, logged_errors: list[str], *, defer: bool
) -> None:
    ada = local_discord.user("ada")
    exchange = await ada.commands.slash(local_discord.channel("general"), "bug", {"defer": defer})
    answer = await exchange.reply()
    assert answer.content == BUG_TEXT
    assert answer.visible_to == ada.id
    assert "KeyError: 'slash'" in logged_errors[0]


async def test_an_events_bug_is_logged(
    faulty_bot: BossBot, local_discord: LocalDiscord, logged_errors: list[str]
) -> None:
    ada, general = local_discord.user("ada"), local_discord.channel("general")
    await ada.delete(await ada.say(general, "gone in a moment"))
    await ada.say(general, "$dlq")
    await general.wait_for(lambda message: "queue is empty" in message.content)
    assert "KeyError: 'event'" in logged_errors[0]
    assert faulty_bot.metrics.broken == 1


async def test_an_outdated_slash_command_is_answered(faulty_bot: BossBot, local_discord: LocalDiscord) -> None:
    faulty_bot.tree.remove_command("bug")
    exchange = await local_discord.user("ada").commands.slash(local_discord.channel("general"), "bug", {"defer": True})
    assert (await exchange.reply()).content.startswith("🔁 This command has changed.")


async def test_a_lost_answer_is_not_counted_as_a_bug(
    faulty_bot: BossBot, local_discord: LocalDiscord, logged_errors: list[str]
) -> None:
    local_discord.faults.too_large()
    ada, general = local_discord.user("ada"), local_discord.channel("general")
    await ada.say(general, "$dl nothing")
    await local_discord.wait_for(FaultHappened, start=0)
    await ada.say(general, "$dlq")
    await general.wait_for(lambda message: "queue is empty" in message.content)
    assert logged_errors == []
    assert not any("read a link" in message.content for message in general.messages)


async def test_an_answer_is_sent_once_after_a_lost_connection(bot: BossBot, local_discord: LocalDiscord) -> None:
    ada, general = local_discord.user("ada"), local_discord.channel("general")
    local_discord.faults.reset("POST /channels/*/messages", applied=True)
    local_discord.faults.error(502, "POST /channels/*/messages", applied=True)
    await ada.say(general, "$dl nothing")
    await general.wait_for(lambda message: "read a link" in message.content)
    await ada.say(general, "$dlq")
    await general.wait_for(lambda message: "queue is empty" in message.content, timeout_s=15)
    assert len([message for message in general.messages if message.author_id != ada.id]) == 2
