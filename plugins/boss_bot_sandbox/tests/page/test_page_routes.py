"""The routes of the page: static files, their headers, and the state of the bot's process."""

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
async def page_session(local_discord: LocalDiscord) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(local_discord.cdn_url) as session:
        yield session


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "text/html"), ("/page/app.js", "text/javascript"), ("/page/style.css", "text/css"),
     ("/page/icon.svg", "image/svg+xml")],
)  # fmt: skip
async def test_every_file_has_its_media_type_and_the_content_security_policy(
    page_session: aiohttp.ClientSession, path: str, kind: str
) -> None:
    async with page_session.get(path) as answer:
        assert answer.status == 200
        assert answer.content_type == kind
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/page/secret.js", "/page/..%2froutes.py", "/page/%2e%2e/__init__.py", "/page/"])
async def test_only_the_static_files_are_served(page_session: aiohttp.ClientSession, path: str) -> None:
    async with page_session.get(path) as answer:
        assert answer.status == 404


async def test_pages_of_other_origins_cannot_use_the_harness_routes(page_session: aiohttp.ClientSession) -> None:
    async with page_session.get("/harness", headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403
    async with page_session.post("/harness/bot/kill", headers={"Origin": "https://evil.example"}) as answer:
        assert answer.status == 403


async def test_the_state_of_the_bot_is_returned_and_the_bot_can_be_killed(
    page_session: aiohttp.ClientSession,
) -> None:
    async with page_session.get("/harness") as answer:
        status = await answer.json()
    assert status["bot"] == {"pid": None, "starts": 0, "exit_code": None}
    assert {"video", "slow", "x-hostile", "reddit-gallery"} <= {one["name"] for one in status["samples"]}
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
            status: dict[str, dict[str, int | None]] = await answer.json()
        if line in status["lines"] and status["bot"]["pid"] not in (None, other_than):
            return status
