"""`boss-bot queue list` shows a long queue completely."""

from boss_bot_core.app.services import open_services
from boss_bot_core.settings import load
from boss_bot_core.testing.store.base import build_new_download
from tests.e2e.harness import Home

WAITING = 70


async def test_every_waiting_download_is_listed(home: Home) -> None:
    async with open_services(load({"max_queue_size": WAITING}, environ=home.environ)) as services:
        items = [await services.queue.submit(build_new_download()) for _ in range(WAITING)]
    listed = home.run("queue", "list").stdout
    assert [item.short_id for item in items if item.short_id not in listed] == []
