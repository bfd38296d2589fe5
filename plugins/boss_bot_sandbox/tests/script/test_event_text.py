"""Events formatted as text, with a bot that sends all kinds of message content."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import discord

from boss_bot_sandbox.discord.events import ReactionAdded
from boss_bot_sandbox.discord.testing.fixtures import (
    connected_bot,
    discord_options,
    general,
    local_discord,
    recording_bot,
)
from boss_bot_sandbox.script.event_text import EventFormatter, format_size

if TYPE_CHECKING:
    from boss_bot_sandbox.discord import LocalDiscord
    from boss_bot_sandbox.discord.testing import RecordingBot

__all__ = ["connected_bot", "discord_options", "general", "local_discord", "recording_bot"]


def format_events(server: LocalDiscord, start: int) -> list[list[str]]:
    transcript = EventFormatter(server)
    return [lines for entry in server.transcript[start:] if (lines := transcript.format_event(entry.event))]


async def test_events_are_formatted(local_discord: LocalDiscord, general: discord.TextChannel) -> None:
    start, ada = len(local_discord.transcript), local_discord.user("ada")
    question = await ada.say(local_discord.channel("general"), "hello <@" + str(ada.id) + ">")
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="Stop", emoji="⏹️"))
    view.add_item(discord.ui.Select(placeholder="Choose", options=[discord.SelectOption(label="a")]))
    embed = discord.Embed(title="**Card**", description="`[==> ]`").add_field(name="a", value="b").set_footer(text="c")
    card = await general.send(embed=embed, view=view)
    await card.edit(content="\x1b[31mdone", embed=None, view=None)
    await card.edit(content="\x1b[31mdone")
    await general.send(file=discord.File(io.BytesIO(b"notes" * 100), filename="notes.txt"))
    await card.add_reaction("✅")
    await local_discord.wait_for(ReactionAdded, start=start)
    await ada.delete(question)
    assert format_events(local_discord, start) == [
        ["Ada", "hello @Ada"],
        ["Boss-Bot", "Card", "[==> ]", "a: b", "c", "[⏹️ Stop] [▾ Choose]"],
        ["Boss-Bot, edited", "[31mdone"],
        ["Boss-Bot", "📎 notes.txt · 0.5 KB · text/plain"],
        ["Boss-Bot reacted with ✅"],
        ["Ada's message was deleted"],
    ]


async def test_ephemeral_and_deferred_answers_are_formatted(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    class Questions(discord.ui.View):
        @discord.ui.button(label="Slow", custom_id="slow")
        async def slow(self, interaction: discord.Interaction, _: discord.ui.Button[Questions]) -> None:
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.followup.send("there", ephemeral=True)

    await general.send("?", view=Questions())
    start, bob = len(local_discord.transcript), local_discord.user("bob")
    message = local_discord.channel("general").messages[-1]
    await (await bob.press(message, "Slow")).reply()
    assert format_events(local_discord, start) == [
        ["Boss-Bot, only to Bob", "is thinking…"],
        ["Boss-Bot, edited", "there"],
    ]


def test_sizes_are_formatted() -> None:
    assert [format_size(size) for size in (0, 1536, 1_048_576, 31_457_280)] == ["0.0 KB", "1.5 KB", "1.0 MB", "30.0 MB"]
