"""Fixtures: an app in this process with its real queue, zygote, proxy and engines, against the sandbox's media site."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
import pytest_asyncio

from boss_bot_core.app.app import App, open_app
from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.domain.events import JobEvent
from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.pipeline.request import DownloadSpec, Requester
from boss_bot_core.routing import parse_link
from boss_bot_core.settings import Settings, load
from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import MakeHome

REQUESTER = Requester(user_id=1, guild_id=2, channel_id=3)


@pytest.fixture
def settings(make_home: MakeHome) -> Settings:
    home = make_home()
    return load({"max_attempts": 3}, environ=home.environ)


@attrs.define
class AppHarness:
    """An open app, with the helpers of the tests."""

    app: App
    site: RemoteSite
    out: Path
    events: list[JobEvent] = attrs.field(factory=list)

    async def submit(self, path: str, requester: Requester = REQUESTER, **fields: Any) -> DownloadItem:  # noqa: ANN401 - fields of DownloadSpec
        spec = DownloadSpec(
            link=parse_link(f"{self.site.http_url}/{path}"),
            destination=Destination(kind="folder", target=str(self.out)),
            max_file_size_bytes=50 * 1024 * 1024,
            **fields,
        )
        return await self.app.service.submit(spec, requester)

    async def get_item(self, item: DownloadItem) -> DownloadItem:
        return await self.app.services.queue.reader.get(item.id)

    async def wait_until(self, item: DownloadItem, condition: Callable[[DownloadItem], bool]) -> DownloadItem:
        async with asyncio.timeout(30):
            while not condition(current := await self.get_item(item)):
                await asyncio.sleep(0.02)
        return current

    async def wait_for_part(self, item: DownloadItem, more_than: int) -> None:
        folder = self.app.services.storage.layout.temp_folder(item.id)
        async with asyncio.timeout(30):
            while sum(path.stat().st_size for path in folder.rglob("*.part")) <= more_than:
                await asyncio.sleep(0.02)


@pytest_asyncio.fixture
async def harness(settings: Settings, site: RemoteSite, tmp_path: Path) -> AsyncIterator[AppHarness]:
    site.reset()
    async with open_app(settings) as app, app.dispatch():
        harness = AppHarness(app, site, tmp_path / "out")

        async def collect_events() -> None:
            with app.bus.subscribe() as subscription:
                async for event in subscription:
                    harness.events.append(event)

        collector = asyncio.create_task(collect_events())
        yield harness
        await cancel_and_wait(collector)
