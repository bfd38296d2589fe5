"""The page in a browser, when a new sandbox takes the place of the old one, and when answers overtake each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.harness.bot_process import BotProcess
from boss_bot_sandbox.page.routes import page_routes

if TYPE_CHECKING:
    from .conftest import Browser

pytestmark = pytest.mark.browser

# Numbers the page's requests for the state from now on, and holds each until it is released: the request or the answer.
HELD_STATES = """
    const send = window.fetch;
    const part = arguments[0];
    Object.assign(window, { answers: [], answered: [], release: [] });
    window.fetch = async (path, options) => {
        if (path !== "/_control/state") return send(path, options);
        const number = window.release.length;
        const released = new Promise((resolve) => window.release.push(resolve));
        if (part === "request") await released;
        const answer = await send(path, options);
        const text = (window.answers[number] = await answer.text());
        if (part === "answer") await released;
        window.answered.push(number);
        return new Response(text, answer);
    };
"""


def open_sandbox(port: int = 0) -> LocalDiscord:
    return LocalDiscord(routes=page_routes(BotProcess()), port=port)


def port_of(sandbox: LocalDiscord) -> int:
    return int(sandbox.cdn_url.rpartition(":")[2])


async def open_page(browser: Browser, sandbox: LocalDiscord) -> None:
    await sandbox.user("ada").say(sandbox.channel("general"), "before")
    await browser.open(sandbox.cdn_url)
    await browser.until("return document.body.innerText.includes('before')")


async def first_answer_with(browser: Browser, channel: str) -> int:
    name = f'"{channel}"'
    await browser.until("return window.answers.some((text) => text?.includes(arguments[0]))", name)
    number = await browser.run("return window.answers.findIndex((text) => text?.includes(arguments[0]))", name)
    assert isinstance(number, int)
    return number


async def test_the_page_reconnects_to_a_new_sandbox(browser: Browser) -> None:
    async with open_sandbox() as first:
        await open_page(browser, first)
    await browser.until("return document.getElementById('connection').innerText.includes('does not answer')")
    async with open_sandbox(port_of(first)) as second:
        await second.user("ada").say(second.channel("general"), "after")
        await browser.until("return document.body.innerText.includes('after')")
        assert not await browser.run("return document.body.innerText.includes('before')")
        browser.leave()


async def test_a_new_sandbox_may_answer_before_the_page_has_noticed_it(browser: Browser) -> None:
    async with open_sandbox() as first:
        await open_page(browser, first)
        await browser.run(HELD_STATES, "request")
        first.seed.channel("late", first.guild())
        await browser.until("return window.release.length === 1")
    await browser.until("return window.release.length > 1")  # The feed asks whether there is a sandbox again.
    async with open_sandbox(port_of(first)) as second:
        await second.user("ada").say(second.channel("general"), "after")
        await browser.run("window.release[0]()")
        await browser.until("return window.answered.includes(0)")
        await browser.until("window.release.at(-1)(); return document.body.innerText.includes('after')")
        assert not await browser.run("return document.body.innerText.includes('before')")
        browser.leave()


async def test_an_answer_that_a_later_one_has_overtaken_changes_nothing(browser: Browser) -> None:
    names = "[...document.querySelectorAll('#channels button')].map((one) => one.dataset.channel).join()"
    async with open_sandbox() as sandbox:
        await open_page(browser, sandbox)
        await browser.run(HELD_STATES, "answer")
        sandbox.seed.channel("one", sandbox.guild())
        old = await first_answer_with(browser, "one")
        sandbox.seed.channel("two", sandbox.guild())
        new = await first_answer_with(browser, "two")
        await browser.run("window.release[arguments[0]]()", new)
        await browser.until(f"return {names} === 'general,adults,one,two,@bot'")
        await browser.run("window.release[arguments[0]]()", old)
        await browser.until("return window.answered.includes(arguments[0])", old)
        assert await browser.run(f"return {names}") == "general,adults,one,two,@bot"
        browser.leave()
