"""`boss-bot get` while the bot is stopped: downloads for Discord stay in the queue for the bot."""

import attrs

from boss_bot_core.app.services import open_services
from boss_bot_core.domain.items import Destination
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.settings import load
from boss_bot_core.testing.store.base import build_new_download
from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import Home


async def test_a_download_for_a_channel_is_left_to_the_bot(home: Home, site: RemoteSite) -> None:
    settings = load(environ=home.environ)
    new = attrs.evolve(
        build_new_download(),
        url=f"{site.http_url}/files/photo-1.jpg",
        destination=Destination(kind="discord", target="7"),
    )
    async with open_services(settings) as services:
        item = await services.queue.submit(new)
    assert home.get(f"{site.http_url}/throttled/200000/clip.mp4?size_bytes=400000").exit_code == 0
    async with open_services(settings) as services:
        waiting = await services.queue.reader.get(item.id)
    assert (waiting.status, waiting.claim) == (DownloadStatus.QUEUED, 0)
