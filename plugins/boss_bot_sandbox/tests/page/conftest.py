"""Fixtures: a browser, and the page with a recording bot in the same process, so that tests can check both sides."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
import pytest_asyncio
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By

from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.redirect import redirect_clients
from boss_bot_sandbox.discord.state.event_log import WAIT_TIMEOUT_S
from boss_bot_sandbox.discord.testing.fixtures import connected_bot, recording_bot
from boss_bot_sandbox.harness.bot_process import BotProcess
from boss_bot_sandbox.page.routes import page_routes
from tests.chromium import start_chromium

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from selenium.webdriver import Chrome

__all__ = ["connected_bot", "recording_bot"]

T = TypeVar("T")


class Browser:
    """Chromium, driven from another thread, so that the server in this process is not blocked."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    async def do(self, what: Callable[[Chrome], T]) -> T:
        """Call a function with the driver in another thread."""
        return await asyncio.to_thread(what, self.driver)

    async def open(self, url: str, *, width: int = 1280, scheme: str = "dark") -> None:
        """Open the page and wait until it is connected."""
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        await self.do(lambda driver: driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics))
        await self.do(lambda driver: driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media))
        await self.do(lambda driver: driver.get(url))
        await self.until("return document.querySelectorAll('#channels button').length >= 3")

    async def run(self, script: str, *arguments: object) -> Any:  # noqa: ANN401 - the result of the script
        """Run a script in the page, which may await promises, and return its result."""
        wrapped = f"return (async () => {{ {script} }})()"
        return await self.do(lambda driver: driver.execute_script(wrapped, *arguments))

    async def until(self, script: str, *arguments: object, timeout_s: float = WAIT_TIMEOUT_S) -> Any:  # noqa: ANN401 - see run
        """Run a script until it returns a true value, and return that value."""
        try:
            async with asyncio.timeout(timeout_s):
                while not (found := await self.run(script, *arguments)):
                    await asyncio.sleep(0.05)
        except TimeoutError:
            text = await self.run("return document.body.innerText")
            errors = "\n".join(self.take_errors())
            raise TimeoutError(f"never true: {script}\nthe page says:\n{text}\nits console:\n{errors}") from None
        return found

    async def type(self, *keys: str) -> None:
        """Press keys in the focused element."""
        await self.do(lambda driver: ActionChains(driver).send_keys(*keys).perform())

    async def press(self, selector: str) -> None:
        """Click the first element that matches a CSS selector."""
        await self.do(lambda driver: driver.find_element(By.CSS_SELECTOR, selector).click())

    async def say(self, text: str) -> None:
        """Type a text into the message box and send it."""
        await self.run("document.getElementById('box').focus()")
        await self.type(text, "\ue007")

    async def select_user(self, username: str) -> None:
        """Select another user."""
        await self.run(f"""
            const select = document.getElementById("user");
            select.value = "{username}";
            select.dispatchEvent(new Event("change"));
        """)

    def leave(self) -> None:
        """Leave the page, which would otherwise log errors when the server has ended."""
        self.driver.get("about:blank")
        self.take_errors()

    def take_errors(self) -> list[str]:
        """Return the errors in the browser's console since the last call."""
        entries = self.driver.get_log("browser")  # type: ignore[no-untyped-call] # selenium has no types there
        return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]


# Not a session fixture: the browser would use memory during all other tests, and its slow end would count as the time
# of one of them.
@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with start_chromium(tmp_path_factory.mktemp("chromium")) as driver:
        yield Browser(driver)


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser; the test fails when its console contains errors."""
    yield chromium
    errors = chromium.take_errors()
    chromium.leave()
    assert errors == []


@pytest_asyncio.fixture
async def local_discord() -> AsyncIterator[LocalDiscord]:
    """A running local Discord that also serves the page, with a bot process that is not started."""
    async with LocalDiscord(routes=page_routes(BotProcess())) as server:
        with redirect_clients(server.rest_url, server.gateway_url, server.cdn_url):
            yield server
