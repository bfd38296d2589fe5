"""The page in a browser with the real bot: a complete session of a user."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from boss_bot_sandbox.harness.bot_process import BotProcess
from boss_bot_sandbox.harness.harness import open_harness

if TYPE_CHECKING:
    from .conftest import Browser

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

SCREENSHOT_VARIABLE = "SANDBOX_SCREENSHOT"
"""The environment variable with the path of the documentation's screenshot."""

CARD = "[...document.querySelectorAll('.embed')].at(-1)"
PERCENT = f"return Number(/\\] (\\d+)%/.exec({CARD}?.innerText)?.[1])"


@pytest.mark.slow
async def test_a_download_a_slow_download_and_its_cancellation(browser: Browser) -> None:
    async with open_harness(BotProcess()) as harness:
        await browser.open(harness.url)
        await harness.wait_for_login()
        await browser.until("return document.getElementById('bot-state').innerText.startsWith('online')")

        # A video arrives and plays.
        await browser.say("$dl sample:video")
        await browser.until("return document.querySelector('.message video')", timeout_s=60)
        await browser.until("return document.querySelector('video').videoWidth === 320")
        await browser.run("const v = document.querySelector('video'); v.muted = true; await v.play()")
        await browser.until("return document.querySelector('video').currentTime > 0")

        # A slow download shows a progress bar that moves.
        await browser.say("$dl sample:slow")
        first = await browser.until(PERCENT, timeout_s=60)
        # One of its twenty characters stands for five percent.
        await browser.until(f"return {CARD}.innerText.includes('[=')")
        await browser.until(f"{PERCENT} > {first}", timeout_s=30)
        await take_screenshot(browser)

        # Its button cancels it, the card shows that, and nothing is delivered.
        await browser.run("[...document.querySelectorAll('.buttons button.danger')].at(-1).click()")
        await browser.until(f"return {CARD}.innerText.includes('Cancelled')", timeout_s=30)
        assert await browser.run("return document.querySelectorAll('.message video').length") == 1


async def take_screenshot(browser: Browser) -> None:
    """Take a screenshot, and save it for the documentation when the environment variable is set."""
    await browser.run("document.activeElement.blur(); document.querySelector('video').currentTime = 1")
    shot = await browser.do(lambda driver: driver.get_screenshot_as_base64())
    data = base64.b64decode(shot)
    assert data.startswith(b"\x89PNG")
    if name := os.environ.get(SCREENSHOT_VARIABLE):
        Path(name).write_bytes(data)
