"""A browser, and the page with an ordinary bot behind it: one process, so that a test sees both sides."""

from __future__ import annotations

import asyncio
import os
import shutil
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
import pytest_asyncio
from selenium.webdriver import ActionChains, Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By

from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.redirect import redirect_clients
from boss_bot_sandbox.discord.state.event_log import WAIT_TIMEOUT_S
from boss_bot_sandbox.discord.testing import RecordingBot, run_bot
from boss_bot_sandbox.harness.bot_process import BotProcess
from boss_bot_sandbox.page.routes import page_routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

T = TypeVar("T")

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip


class Browser:
    """Chromium, driven from a thread of its own so that the server in this process goes on."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    async def do(self, what: Callable[[Chrome], T]) -> T:
        """Run something with the driver."""
        return await asyncio.to_thread(what, self.driver)

    async def open(self, url: str, *, width: int = 1280, scheme: str = "dark") -> None:
        """Open the page as if for the first time, and wait until it is connected."""
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        await self.do(lambda driver: driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics))
        await self.do(lambda driver: driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media))
        await self.do(lambda driver: driver.get(url))
        await self.until("return document.querySelectorAll('#channels button').length >= 3")

    async def run(self, script: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever the script returns
        """Run a script in the page; it may wait for promises."""
        wrapped = f"return (async () => {{ {script} }})()"
        return await self.do(lambda driver: driver.execute_script(wrapped, *arguments))

    async def until(self, script: str, *arguments: object, timeout_s: float = WAIT_TIMEOUT_S) -> Any:  # noqa: ANN401 - see run
        """Run a script until it returns something true."""
        try:
            async with asyncio.timeout(timeout_s):
                while not (found := await self.run(script, *arguments)):
                    await asyncio.sleep(0.05)
        except TimeoutError:
            text = await self.run("return document.body.innerText")
            raise TimeoutError(f"never true: {script}\nthe page says:\n{text}") from None
        return found

    async def type(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        await self.do(lambda driver: ActionChains(driver).send_keys(*keys).perform())

    async def press(self, selector: str) -> None:
        """Press the first element that a CSS selector finds."""
        await self.do(lambda driver: driver.find_element(By.CSS_SELECTOR, selector).click())

    async def say(self, text: str) -> None:
        """Type into the message box and send."""
        await self.run("document.getElementById('box').focus()")
        await self.type(text, "\ue007")

    async def become(self, username: str) -> None:
        """Be somebody else."""
        await self.run(f"""
            const select = document.getElementById("user");
            select.value = "{username}";
            select.dispatchEvent(new Event("change"));
        """)

    def leave(self) -> None:
        """Leave the page; it would look for a server that has ended, and complain."""
        self.driver.get("about:blank")
        self.complaints()

    def complaints(self) -> list[str]:
        """Return what the console has complained about since the last time."""
        entries = self.driver.get_log("browser")  # type: ignore[no-untyped-call] # selenium has no types there
        return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]


# Not for the session: it would take memory beside all other tests, and its slow end would be told of one of them.
@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    programs = [shutil.which(name) for name in ("chromium", "chromedriver")]
    if None in programs and not os.environ.get("CI"):
        pytest.skip("needs Debian's packages chromium and chromium-driver")
    options = ChromeOptions()
    options.binary_location = programs[0] or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=ChromeService(programs[1]))
    try:
        yield Browser(driver)
    finally:
        driver.quit()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser; a test fails when the console complained."""
    yield chromium
    complaints = chromium.complaints()
    chromium.leave()
    assert complaints == []


@pytest_asyncio.fixture
async def served() -> AsyncIterator[LocalDiscord]:
    async with LocalDiscord(routes=page_routes(BotProcess())) as server:
        with redirect_clients(server.rest_url, server.gateway_url, server.cdn_url):
            yield server


@pytest.fixture
def ordinary_bot() -> RecordingBot:
    return RecordingBot()


@pytest_asyncio.fixture
async def bot(served: LocalDiscord, ordinary_bot: RecordingBot) -> AsyncIterator[RecordingBot]:
    async with run_bot(ordinary_bot, served.token) as connected:
        yield connected


@pytest.fixture
def screenshots(pytestconfig: pytest.Config) -> Path:
    """Return where the documentation's pictures are."""
    return pytestconfig.rootpath / "docs" / "images"
