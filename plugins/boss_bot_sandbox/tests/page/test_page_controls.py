"""The page in a browser: commands, samples, the panel, small screens, keyboard use and reconnection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest
from discord import app_commands

from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.events import InteractionCreated, MessageCreated
from boss_bot_sandbox.harness.bot_process import BotProcess
from boss_bot_sandbox.page.routes import page_routes

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.testing import RecordingBot

    from .conftest import Browser

pytestmark = pytest.mark.browser

ENTER, DOWN, TAB, ESCAPE = "\ue007", "\ue015", "\ue004", "\ue00c"
OFFERED = "return [...document.querySelectorAll('#suggestions li strong')].map((one) => one.textContent)"


@pytest.fixture
def recording_bot(recording_bot: RecordingBot) -> RecordingBot:
    @app_commands.command(name="fetch", description="Fetch a link")
    @app_commands.choices(size=[app_commands.Choice(name=name, value=name) for name in ("small", "large")])
    async def fetch(interaction: discord.Interaction, url: str, size: str = "large", *, loud: bool = False) -> None:
        await interaction.response.send_message(f"{url} {size} {loud}", ephemeral=True)

    @app_commands.context_menu(name="Fetch media")
    async def fetch_media(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"from {message.content}")

    recording_bot.tree.add_command(fetch)
    recording_bot.tree.add_command(fetch_media)
    return recording_bot


async def test_a_slash_command_is_picked_completed_and_sent_with_the_keyboard(
    local_discord: LocalDiscord, connected_bot: RecordingBot, browser: Browser
) -> None:
    await connected_bot.tree.sync()
    await browser.open(local_discord.cdn_url)
    await browser.run("document.getElementById('box').focus()")
    await browser.type("/fe")
    await browser.until("return document.querySelectorAll('#suggestions li').length === 1")
    await browser.type(DOWN, ENTER)
    await browser.until(OFFERED.replace("return", "return (") + ").join() === 'url:,size:?,loud:?'")
    await browser.type("https://example.com/a:b size:sm")
    await browser.until(OFFERED.replace("return", "return (") + ").join() === 'small'")
    await browser.type(TAB, "loud:yes", ESCAPE, ENTER)
    data = (await local_discord.wait_for(InteractionCreated, start=0)).interaction.data
    given = {one["name"]: one["value"] for one in data["options"]}
    assert given == {"url": "https://example.com/a:b", "size": "small", "loud": True}
    await browser.until("return document.querySelector('.ephemeral')?.innerText.includes('small True')")


async def test_a_message_menu_contains_the_bot_s_commands(
    local_discord: LocalDiscord, connected_bot: RecordingBot, browser: Browser
) -> None:
    await connected_bot.tree.sync()
    await browser.open(local_discord.cdn_url)
    await browser.say("the link")
    await browser.until("return document.querySelector('.tools [aria-label=\"Fetch media\"]')")
    await browser.run("document.querySelector('.tools [aria-label=\"Fetch media\"]').click()")
    await browser.until("return document.body.innerText.includes('from the link')")


async def test_an_error_of_discord_is_shown(local_discord: LocalDiscord, browser: Browser) -> None:
    await browser.open(local_discord.cdn_url)
    await browser.say("/nothing")
    await browser.until("return document.getElementById('toasts').innerText.includes('not registered')")
    assert await browser.run("return document.getElementById('box').value") == "/nothing"


async def test_a_sample_fills_the_box_and_direct_messages_work(local_discord: LocalDiscord, browser: Browser) -> None:
    await browser.open(local_discord.cdn_url)
    await browser.press("#channels li:last-child button")
    await browser.until("return document.querySelectorAll('#samples button').length > 10")
    await browser.press("[data-sample=photo]")
    assert await browser.run("return document.activeElement.id") == "box"
    await browser.type(ENTER)
    said = (await local_discord.wait_for(MessageCreated, start=0)).message
    assert (said.content, said.guild_id) == ("$dl https://media.example.com/files/photo-1.jpg", None)
    await browser.until("return document.querySelector('.message a')?.href.endsWith('photo-1.jpg')")


async def test_boosts_and_permissions_are_changed_and_shown(local_discord: LocalDiscord, browser: Browser) -> None:
    await browser.open(local_discord.cdn_url)
    await browser.until("return document.getElementById('limit').innerText.includes('20.0 MB')")
    await browser.press("#tiers button:nth-child(4)")
    await browser.until("return document.getElementById('limit').innerText.includes('100.0 MB')")
    assert local_discord.guild().boost_tier == 3
    await browser.press("#rights label:first-child input")
    await browser.until("return !document.querySelector('#rights label:first-child input').checked")
    denied = local_discord.channel("general").value.overwrites
    assert [one.deny.name for one in denied] == ["ATTACH_FILES"]


async def test_every_fault_can_be_injected_and_is_shown(
    local_discord: LocalDiscord, connected_bot: RecordingBot, browser: Browser
) -> None:
    await browser.open(local_discord.cdn_url)
    count = await browser.run("return document.querySelectorAll('#faults button').length")
    for number in range(1, count + 1):
        await browser.press(f"#faults button:nth-child({number})")
    # The last button clears all faults, and the bot reconnects.
    await browser.until("return document.getElementById('fault-news').innerText.includes('outage')")
    await connected_bot.wait_for_event("connect", times=2, timeout_s=20)
    assert local_discord.faults.plan.is_outage is False
    assert await browser.run("return document.getElementById('toasts').innerText") == ""


@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_a_phone_shows_the_page_without_horizontal_scrolling(
    local_discord: LocalDiscord, connected_bot: RecordingBot, browser: Browser, scheme: str
) -> None:
    channel = connected_bot.get_channel(local_discord.channel("general").id)
    assert isinstance(channel, discord.TextChannel)
    await channel.send("A" * 1500, embed=discord.Embed(title="B" * 250, description="```\n" + "C" * 200 + "\n```"))
    await browser.open(local_discord.cdn_url, width=400, scheme=scheme)
    await browser.until("return document.querySelector('.embed')")
    assert await browser.run("return document.documentElement.scrollWidth") <= 400
    await browser.press("#panel-toggle")
    await browser.until("return document.getElementById('panel').getBoundingClientRect().width > 0")
    assert await browser.run("return document.documentElement.scrollWidth") <= 400


async def test_an_edit_keeps_the_focus_and_the_player(
    local_discord: LocalDiscord, connected_bot: RecordingBot, browser: Browser
) -> None:
    class Card(discord.ui.View):
        @discord.ui.button(label="Cancel", custom_id="cancel")
        async def cancel(self, interaction: discord.Interaction, _: discord.ui.Button[Card]) -> None:
            await interaction.response.defer()

    channel = connected_bot.get_channel(local_discord.channel("general").id)
    assert isinstance(channel, discord.TextChannel)
    await browser.open(local_discord.cdn_url)
    card = await channel.send("10 %", view=Card(), file=discord.File(__file__, filename="notes.txt"))
    await browser.until("return document.querySelector('.buttons button')")
    await browser.run(
        "document.querySelector('.buttons button').focus(); window.kept = document.querySelector('.file')"
    )
    await card.edit(content="20 %")
    await browser.until("return document.body.innerText.includes('20 %')")
    assert await browser.run("return document.activeElement.innerText") == "Cancel"
    assert await browser.run("return document.querySelector('.file') === window.kept")


async def test_the_page_reconnects_to_a_new_sandbox(browser: Browser) -> None:
    async with LocalDiscord(routes=page_routes(BotProcess())) as first:
        port = int(first.cdn_url.rpartition(":")[2])
        await first.user("ada").say(first.channel("general"), "before")
        await browser.open(first.cdn_url)
        await browser.until("return document.body.innerText.includes('before')")
    await browser.until("return document.getElementById('connection').innerText.includes('does not answer')")
    async with LocalDiscord(routes=page_routes(BotProcess()), port=port) as second:
        await second.user("ada").say(second.channel("general"), "after")
        await browser.until("return document.body.innerText.includes('after')")
        assert not await browser.run("return document.body.innerText.includes('before')")
        browser.leave()
