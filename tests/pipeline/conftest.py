"""A real app in this process: real queue, zygote, proxy and engines, against the media site."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
import pytest_asyncio

from boss_bot_core.app import App, open_app
from boss_bot_core.domain.events import JobEvent
from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.pipeline.request import DownloadSpec, Requester
from boss_bot_core.routing import parse_link
from boss_bot_core.settings import Settings, load
from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import MakeHome

ANYBODY = Requester(user_id=1, guild_id=2, channel_id=3)


@pytest.fixture
def settings(make_home: MakeHome) -> Settings:
    home = make_home()
    return load({"max_attempts": 3}, environ=home.environ)


@attrs.define
class Bench:
    """An open app with what tests do to it."""

    app: App
    site: RemoteSite
    out: Path
    events: list[JobEvent] = attrs.field(factory=list)

    async def submit(self, path: str, requester: Requester = ANYBODY, **wishes: Any) -> DownloadItem:  # noqa: ANN401 - fields of Wanted
        spec = DownloadSpec(
            link=parse_link(f"{self.site.http_url}/{path}"),
            destination=Destination(kind="folder", target=str(self.out)),
            max_file_size_bytes=50 * 1024 * 1024,
            **wishes,
        )
        return await self.app.service.submit(spec, requester)

    async def item(self, item: DownloadItem) -> DownloadItem:
        return await self.app.services.queue.reader.get(item.id)

    async def until(self, item: DownloadItem, spec: Callable[[DownloadItem], bool]) -> DownloadItem:
        async with asyncio.timeout(30):
            while not spec(current := await self.item(item)):
                await asyncio.sleep(0.02)
        return current

    async def bytes_of(self, item: DownloadItem, more_than: int) -> None:
        folder = self.app.services.storage.layout.temp_folder(item.id)
        async with asyncio.timeout(30):
            while sum(path.stat().st_size for path in folder.rglob("*.part")) <= more_than:
                await asyncio.sleep(0.02)


Opener = Callable[[], Awaitable[Bench]]


@pytest_asyncio.fixture
async def bench(settings: Settings, site: RemoteSite, tmp_path: Path) -> AsyncIterator[Bench]:
    site.reset()
    async with open_app(settings) as app, app.dispatch():
        bench = Bench(app, site, tmp_path / "out")

        async def listen() -> None:
            with app.bus.subscribe() as subscription:
                async for event in subscription:
                    bench.events.append(event)

        listening = asyncio.create_task(listen())
        yield bench
        listening.cancel()
        await asyncio.wait({listening})
