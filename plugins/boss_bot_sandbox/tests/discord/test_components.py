"""Buttons, menus and forms on messages, through a real client."""

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
    """A button that a restart survives: its custom id says everything."""

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
    ada, place = local_discord.user("ada"), local_discord.channel("general")
    exchange = await ada.press(place.messages[0], "Cancel")
    assert (await exchange.reply()).content == "cancel a1b2"
    assert place.messages[0].components == ()
    assert exchange.interaction.answer is AnswerKind.UPDATE


async def test_an_ephemeral_answer_is_seen_by_who_asked_only(
    local_discord: LocalDiscord, connected_bot: RecordingBot, general: discord.TextChannel
) -> None:
    await _card(general, "details")
    ada, bob, place = local_discord.user("ada"), local_discord.user("bob"), local_discord.channel("general")
    answer = await (await ada.press(place.messages[0], custom_id="bb:j:a1b2:details")).reply()
    assert answer.content == "all about a1b2"
    assert answer in ada.observe(place).messages
    assert answer not in bob.observe(place).messages
    assert answer in place.messages
    with pytest.raises(discord.NotFound):
        await general.fetch_message(answer.id)


async def test_a_follow_up_takes_the_place_of_a_deferral(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    await _card(general, "slow")
    place = local_discord.channel("general")
    exchange = await local_discord.user("ada").press(place.messages[0], "Slow")
    answer = await exchange.reply()
    assert (answer.content, answer.visible_to) == ("thought about it", local_discord.user("ada").id)
    assert [one.content for one in exchange.messages] == ["thought about it"]


async def test_a_quiet_deferral_changes_the_card_later(
    local_discord: LocalDiscord, general: discord.TextChannel
) -> None:
    await _card(general, "quiet")
    place = local_discord.channel("general")
    await local_discord.user("ada").press(place.messages[0], "Quiet")
    await place.wait_for(lambda one: one.content == "changed quietly")


async def test_a_form_is_opened_filled_in_and_sent(local_discord: LocalDiscord, general: discord.TextChannel) -> None:
    await _card(general, "retry")
    ada, place = local_discord.user("ada"), local_discord.channel("general")
    opened = await ada.press(place.messages[0], "Retry")
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


async def test_menus_offer_values_and_people(local_discord: LocalDiscord, general: discord.TextChannel) -> None:
    ada, bob, place = local_discord.user("ada"), local_discord.user("bob"), local_discord.channel("general")
    view = (
        discord.ui.View()
        .add_item(PlatformMenu())
        .add_item(PersonMenu(custom_id="person"))
        .add_item(ChannelMenu(custom_id="channel"))
    )
    await general.send("choose", view=view)
    message = place.messages[0]
    with pytest.raises(NotOfferedError):
        await ada.choose(message, "nowhere", custom_id="platform")
    assert (await (await ada.choose(message, "x", "any", custom_id="platform")).reply()).content == "x and any"
    with pytest.raises(NotOfferedError):
        await ada.choose(message, "1", custom_id="person")
    with pytest.raises(NotOfferedError):
        await ada.choose(message, "x", "reddit", "any", custom_id="platform")
    answer = await (await ada.choose(message, str(place.id), custom_id="channel")).reply()
    assert (answer.content, answer.attachments[0].filename) == ("general", "x.txt")
    chosen = await ada.choose(message, str(bob.id), custom_id="person")
    assert (await chosen.reply()).content == "bob, Member"


async def test_only_what_is_on_the_screen_can_be_pressed(
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
