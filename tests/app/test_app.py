"""The order in which an app opens: downloads run only once everything that listens to them is there."""

import asyncio
from pathlib import Path

import attrs

from boss_bot_core.app.app import open_app
from boss_bot_core.app.services import CoreServices
from boss_bot_core.delivery import Deliverer, Delivery, Receipt
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.events import JobFailed
from boss_bot_core.domain.items import Destination
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.routing import parse_link
from boss_bot_core.settings import load
from boss_bot_core.testing.store.base import build_new_download


class UnusedDeliverer:
    async def deliver(self, delivery: Delivery) -> tuple[Receipt, ...]:
        raise AssertionError(f"{delivery.item.url} has nothing to deliver")


async def test_no_download_starts_before_dispatch_does(tmp_path: Path) -> None:
    def build_deliverers(services: CoreServices) -> dict[str, Deliverer]:
        assert services.settings is settings
        return {"discord": UnusedDeliverer()}

    settings = load({"data_dir": str(tmp_path / "data")}, environ={})
    new = attrs.evolve(
        build_new_download(), url="https://127.0.0.1/clip.mp4", destination=Destination(kind="discord", target="1")
    )
    async with open_app(settings, build_deliverers) as app:
        item = await app.services.queue.submit(new)
        # A dispatcher that ran would claim the download while a worker matches its link.
        assert app.engine is not None
        await app.engine.router.route(parse_link(new.url))
        assert (await app.service.get(item.id)).status is DownloadStatus.QUEUED
        with app.bus.subscribe(item.id) as subscription:
            async with app.dispatch(), asyncio.timeout(30):
                failures = (event async for event in subscription if isinstance(event, JobFailed))
                failure = await anext(failures)
    assert failure.error.error_type is ErrorType.BLOCKED
