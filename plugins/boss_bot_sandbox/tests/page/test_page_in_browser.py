"""The page in a browser, with a recording bot: messages, markdown, buttons and reactions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import discord
import pytest

from boss_bot_sandbox.discord.events import InteractionCreated, MessageCreated, ReactionAdded, ReactionRemoved

if TYPE_CHECKING:
    from boss_bot_sandbox.discord import LocalDiscord
    from boss_bot_sandbox.discord.testing import RecordingBot

    from .conftest import Browser

pytestmark = pytest.mark.browser

ENTER, DOWN, TAB = "\ue007", "\ue015", "\ue004"
HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>[x](javascript:window.hacked=1)'
LAST = "[...document.querySelectorAll('.message')].at(-1)"


def channel_of(connected_bot: RecordingBot, server: LocalDiscord, name: str = "general") -> discord.TextChannel:
    channel = connected_bot.get_channel(server.channel(name).id)
    assert isinstance(channel, discord.TextChannel)
    return channel


async def test_a_typed_message_is_sent_by_the_selected_user(local_discord: LocalDiscord, browser: Browser) -> None:
    await browser.open(local_discord.cdn_url)
    await browser.say("hello from the page")
    said = (await local_discord.wait_for(MessageCreated, start=0)).message
    assert (said.content, said.author_id) == ("hello from the page", local_discord.user("ada").id)
    await browser.until(f"return {LAST}?.innerText.includes('hello from the page')")
    await browser.select_user("bob")
    await browser.say("and from Bob")
    await browser.until(f"return {LAST}.dataset.author === 'bob'")


async def test_hostile_texts_are_shown_as_text(
    local_discord: LocalDiscord, connected_bot: RecordingBot, browser: Browser
) -> None:
    embed = discord.Embed(title=HOSTILE, description=HOSTILE, url="https://example.com/")
    embed.add_field(name=HOSTILE, value=HOSTILE).set_footer(text=HOSTILE).set_author(name=HOSTILE)
    file = discord.File(__file__, filename="page.html", description=HOSTILE)
    await browser.open(local_discord.cdn_url)
    await channel_of(connected_bot, local_discord).send(HOSTILE, embed=embed, file=file)
    await browser.until(f"return {LAST}?.querySelector('.embed')")
    assert await browser.run(f"return {LAST}.innerText.split('onerror').length") >= 7
    assert await browser.run("return window.hacked") is None
    selector = "script, img[onerror], a[href^=javascript]"
    assert await browser.run(f"return {LAST}.querySelectorAll(arguments[0]).length", selector) == 0
    # An HTML file may be downloaded, but never opened as a page of this origin.
    assert await browser.run(f"return {LAST}.querySelector('a.file').download") == "page.html"


MARKDOWN = {
    "**bold** and *it* and _it_": "<p><strong>bold</strong> and <em>it</em> and <em>it</em></p>",
    "snake_case_name __under__ ~~gone~~": "<p>snake_case_name <u>under</u> <s>gone</s></p>",
    r"\*not\* \_this\_ **a\*\*b**": "<p>*not* _this_ <strong>a**b</strong></p>",
    "`**code**`": "<p><code>**code**</code></p>",
    "```\n[==>  ] **5%**\n```": "<pre><code>[==&gt;  ] **5%**</code></pre>",
    "**open": "<p>**open</p>",
    "<script>": "<p>&lt;script&gt;</p>",
    "# Head\n-# small\n> said": "<h4>Head</h4><small>small</small><blockquote>said</blockquote>",
    "<@1> <#2> <@&3>": '<p><span class="mention own">@user 1</span> <span class="mention">#channel 2</span>'
    ' <span class="mention">@role 3</span></p>',
}


@pytest.mark.parametrize("text", MARKDOWN)
async def test_markdown_becomes_elements(local_discord: LocalDiscord, browser: Browser, text: str) -> None:
    await browser.open(local_discord.cdn_url)
    script = (
        "const { markdown } = await import('/page/markdown.js');"
        "const names = { me: '1', user: (i) => `user ${i}`, channel: (i) => `channel ${i}`, role: (i) => `role ${i}` };"
        "return markdown(arguments[0], names).innerHTML"
    )
    # An async function has its own `arguments`, so the text is inserted into the script.
    assert await browser.run(script.replace("arguments[0]", json.dumps(text))) == MARKDOWN[text]


async def test_links_spoilers_and_times_work(local_discord: LocalDiscord, browser: Browser) -> None:
    await browser.open(local_discord.cdn_url)
    await browser.say("see https://example.com/a_b_c. ||hidden|| <t:4102444800:R>")
    await browser.until(f"return {LAST}?.querySelector('a')")
    assert await browser.run(f"return {LAST}.querySelector('a').href") == "https://example.com/a_b_c"
    assert await browser.run(f"return {LAST}.querySelector('time[data-ticks]').textContent.startsWith('in ')")
    await browser.press(".message .spoiler")
    assert await browser.run(f"return {LAST}.querySelector('.spoiler').classList.contains('open')")


async def test_a_pressed_button_gets_an_ephemeral_answer_for_its_user_only(
    local_discord: LocalDiscord, connected_bot: RecordingBot, browser: Browser
) -> None:
    class Question(discord.ui.View):
        @discord.ui.button(label="Details", custom_id="details")
        async def details(self, interaction: discord.Interaction, _: discord.ui.Button[Question]) -> None:
            await interaction.response.send_message("just for you", ephemeral=True)

    await browser.open(local_discord.cdn_url)
    await channel_of(connected_bot, local_discord).send(
        embed=discord.Embed(title="A card", description="`[==> ]`"), view=Question()
    )
    await browser.until("return document.querySelector('.buttons button')")
    await browser.press(".buttons button")
    await browser.until("return document.querySelector('.ephemeral')?.innerText.includes('Only you can see this')")
    assert not await browser.run("return /null|undefined/.test(document.body.innerText)")
    pressed = await local_discord.wait_for(InteractionCreated, start=0)
    assert pressed.interaction.user_id == local_discord.user("ada").id
    await browser.select_user("bob")
    assert await browser.run("return document.querySelectorAll('.ephemeral').length") == 0


async def test_reactions_are_added_and_removed(
    local_discord: LocalDiscord, connected_bot: RecordingBot, browser: Browser
) -> None:
    await browser.open(local_discord.cdn_url)
    await (await channel_of(connected_bot, local_discord).send("react to this")).add_reaction("⏸️")
    await browser.until("return document.querySelector('.reactions button')?.innerText === '⏸️ 1'")
    await browser.press(".reactions button")
    ada = local_discord.user("ada").id
    await local_discord.wait_for(ReactionAdded, lambda event: event.user_id == ada, start=0)
    await browser.until("return document.querySelector('.reactions button.own')?.innerText === '⏸️ 2'")
    await browser.press(".reactions button.own")
    await local_discord.wait_for(ReactionRemoved, lambda event: event.user_id == ada, start=0)
