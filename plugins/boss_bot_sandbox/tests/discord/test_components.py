"""Buttons, select menus and forms of messages, with an unmodified discord.py client."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Self

import discord
import pytest

from boss_bot_sandbox.discord import LocalDiscord, NotOfferedError
from boss_bot_sandbox.discord.model.interaction import AnswerKind
from boss_bot_sandbox.discord.testing import RecordingBot

if TYPE_CHECKING:
    import re


class JobButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"bb:j:(?P<job>\w+):(?P<act>\w+)"):
    """A button that still works after a restart, because its custom id contains everything."""

    def __init__(self, job: str, act: str) -> None:
        super().__init__(discord.ui.Button(label=act.title(), custom_id=f"bb:j:{job}:{act}", emoji="⏸️"))
        self.job, self.act = job, act

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(match["job"], match["act"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        if self.act == "details":
            await interaction.response.send_message(f"all about {self.job}", ephemeral=True)
        elif self.act == "slow":
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.followup.send("thought about it")
        elif self.act == "quiet":
            await interaction.response.defer()
            await interaction.edit_original_response(content="changed quietly")
        elif self.act == "retry":
            await interaction.response.send_modal(RetryForm())
        elif self.act != "nothing":
            await interaction.response.edit_message(content=f"{self.act} {self.job}", view=None)


class RetryForm(discord.ui.Modal, title="Try again"):
    url: discord.ui.TextInput[Self] = discord.ui.TextInput(label="Link", custom_id="url", min_length=3)
    note: discord.ui.TextInput[Self] = discord.ui.TextInput(label="Note", custom_id="note", required=False)

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(content=f"again: {self.url.value}")


@pytest.fixture
def recording_bot() -> RecordingBot:
    bot = RecordingBot()
    bot.add_dynamic_items(JobButton)
    return bot


async def _card(general: discord.TextChannel, *acts: str) -> discord.Message:
    view = discord.ui.View(timeout=None)
    for act in acts:
        view.add_item(JobButton("a1b2", act))
    return await general.send("card", view=view)


async def test_a_button_edits_its_message(local_discord: LocalDiscord, general: discord.TextChannel) -> None:
    await _card(general, "pause", "cancel")
    ada, channel = local_discord.user("ada"), local_discord.channel("general")
    observer = await ada.press(channel.messages[0], "Cancel")
    assert (await observer.reply()).content == "cancel a1b2"
    assert channel.messages[0].components == ()
    assert observer.interaction.answer is AnswerKind.UPDATE


async def test_an_ephemeral_answer_is_visible_only_to_its_user(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    await _card(general, "details")
    ada, bob, channel = local_discord.user("ada"), local_discord.user("bob"), local_discord.channel("general")
    answer = await (await ada.press(channel.messages[0], custom_id="bb:j:a1b2:details")).reply()
    assert answer.content == "all about a1b2"
    assert answer in ada.observe(channel).messages
    assert answer not in bob.observe(channel).messages
    assert answer in channel.messages
    with pytest.raises(discord.NotFound):
        await general.fetch_message(answer.id)


async def test_a_followup_replaces_the_deferred_message(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    await _card(general, "slow")
    channel = local_discord.channel("general")
    observer = await local_discord.user("ada").press(channel.messages[0], "Slow")
    answer = await observer.reply()
    assert (answer.content, answer.visible_to) == ("thought about it", local_discord.user("ada").id)
    assert [one.content for one in observer.messages] == ["thought about it"]


async def test_a_deferred_update_edits_the_card_later(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    await _card(general, "quiet")
    channel = local_discord.channel("general")
    await local_discord.user("ada").press(channel.messages[0], "Quiet")
    await channel.wait_for(lambda one: one.content == "changed quietly")


async def test_a_form_is_opened_filled_in_and_submitted(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    await _card(general, "retry")
    ada, channel = local_discord.user("ada"), local_discord.channel("general")
    opened = await ada.press(channel.messages[0], "Retry")
    modal = (await opened.wait_for_answer()).modal
    assert modal is not None
    assert modal["title"] == "Try again"
    with pytest.raises(NotOfferedError, match="characters"):
        await ada.submit(opened, {"url": "x"})
    with pytest.raises(NotOfferedError, match="no fields"):
        await ada.submit(opened, {"url": "https://x", "colour": "red"})
    sent = await ada.submit(opened, {"url": "https://x.example"})
    assert (await sent.reply()).content == "again: https://x.example"


class PlatformMenu(discord.ui.Select[discord.ui.View]):
    def __init__(self) -> None:
        options = [discord.SelectOption(label=name, value=name) for name in ("x", "reddit", "any")]
        super().__init__(custom_id="platform", options=options, max_values=2)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(" and ".join(self.values))


class ChannelMenu(discord.ui.ChannelSelect[discord.ui.View]):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(self.values[0].name, file=discord.File(io.BytesIO(b"x"), "x.txt"))


class PersonMenu(discord.ui.UserSelect[discord.ui.View]):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(f"{self.values[0].name}, {type(self.values[0]).__name__}")


async def test_select_menus_offer_values_channels_and_users(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    ada, bob, channel = local_discord.user("ada"), local_discord.user("bob"), local_discord.channel("general")
    view = (
        discord.ui.View()
        .add_item(PlatformMenu())
        .add_item(PersonMenu(custom_id="person"))
        .add_item(ChannelMenu(custom_id="channel"))
    )
    await general.send("choose", view=view)
    message = channel.messages[0]
    with pytest.raises(NotOfferedError):
        await ada.choose(message, "nowhere", custom_id="platform")
    assert (await (await ada.choose(message, "x", "any", custom_id="platform")).reply()).content == "x and any"
    with pytest.raises(NotOfferedError):
        await ada.choose(message, "1", custom_id="person")
    with pytest.raises(NotOfferedError):
        await ada.choose(message, "x", "reddit", "any", custom_id="platform")
    answer = await (await ada.choose(message, str(channel.id), custom_id="channel")).reply()
    assert (answer.content, answer.attachments[0].filename) == ("general", "x.txt")
    chosen = await ada.choose(message, str(bob.id), custom_id="person")
    assert (await chosen.reply()).content == "bob, Member"


async def test_disabled_link_and_missing_buttons_cannot_be_pressed(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="Off", custom_id="off", disabled=True))
    view.add_item(discord.ui.Button(label="Open", url="https://example.org"))
    await general.send("x", view=view)
    ada, message = local_discord.user("ada"), local_discord.channel("general").messages[0]
    for label in ("Off", "Open", "Missing"):
        with pytest.raises(NotOfferedError):
            await ada.press(message, label)
