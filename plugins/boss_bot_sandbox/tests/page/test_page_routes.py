"""What the page's addresses answer, and to whom."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import aiohttp
import pytest
import pytest_asyncio

from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.harness.bot_process import BotProcess
from boss_bot_sandbox.page.routes import page_routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest_asyncio.fixture
async def asked(served: LocalDiscord) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(served.cdn_url) as session:
        yield session


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "text/html"), ("/page/app.js", "text/javascript"), ("/page/style.css", "text/css"),
     ("/page/icon.svg", "image/svg+xml")],
)  # fmt: skip
async def test_every_file_has_its_type_and_the_strict_policy(
    asked: aiohttp.ClientSession, path: str, kind: str
) -> None:
    async with asked.get(path) as answer:
        assert answer.status == 200
        assert answer.content_type == kind
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/page/secret.js", "/page/..%2fserving.py", "/page/%2e%2e/__init__.py", "/page/"])
async def test_there_is_nothing_but_the_page_s_files(asked: aiohttp.ClientSession, path: str) -> None:
    async with asked.get(path) as answer:
        assert answer.status == 404


async def test_pages_of_other_origins_are_told_nothing_and_can_do_nothing(asked: aiohttp.ClientSession) -> None:
    async with asked.get("/harness", headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403
    async with asked.post("/harness/bot/kill", headers={"Origin": "https://evil.example"}) as answer:
        assert answer.status == 403


async def test_the_bot_is_shown_as_it_is_and_can_be_killed(asked: aiohttp.ClientSession) -> None:
    async with asked.get("/harness") as answer:
        told = await answer.json()
    assert told["bot"] == {"pid": None, "starts": 0, "exit_code": None}
    assert {"video", "slow", "x-hostile", "reddit-gallery"} <= {one["name"] for one in told["samples"]}
    bot = BotProcess(("-c", "import time; print('here', flush=True); time.sleep(60)"))
    environment = {"PATH": "", "PYTHONPATH": ":".join(sys.path)}
    async with (
        LocalDiscord(routes=page_routes(bot)) as server,
        aiohttp.ClientSession(server.cdn_url) as session,
        bot.run(environment),
    ):
        first = await shown(session, "here")
        async with session.post("/harness/bot/kill") as answer:
            assert answer.status == 204
        second = await shown(session, "here", other_than=first["bot"]["pid"])
    assert second["bot"]["starts"] == 2
    assert second["bot"]["exit_code"] == -9


async def shown(
    session: aiohttp.ClientSession, line: str, other_than: int | None = None
) -> dict[str, dict[str, int | None]]:
    while True:
        async with session.get("/harness") as answer:
            told: dict[str, dict[str, int | None]] = await answer.json()
        if line in told["lines"] and told["bot"]["pid"] not in (None, other_than):
            return told
