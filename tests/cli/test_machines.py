"""`boss-bot get` with a database that another machine uses: it ends with a sentence, and waits for no folder there."""

import attrs
import pytest

from boss_bot_core.app.services import open_services
from boss_bot_core.database import Database
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.settings import load
from boss_bot_core.testing.store.base import build_new_download
from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import Home


@pytest.fixture
def shared_home(home: Home, postgres_url: str) -> Home:
    return attrs.evolve(home, environ=home.environ | {"BOSS_BOT_DATABASE_URL": postgres_url})


async def test_beside_the_bot_of_another_machine_it_is_refused(shared_home: Home, site: RemoteSite) -> None:
    async with (
        Database.open(shared_home.environ["BOSS_BOT_DATABASE_URL"]) as database,
        database.hold_leader_lock() as is_leader,
    ):
        assert is_leader
        done = shared_home.get(f"{site.http_url}/files/photo-1.jpg")
        async with database.connect() as tx:
            assert await tx.items.list_by_status(DownloadStatus) == []
    assert (done.exit_code, done.outcomes) == (2, [])
    assert "works on this database and cannot write into a folder here: stop it first" in done.stderr


async def test_what_another_machine_has_in_the_queue_is_left_to_it(shared_home: Home, home: Home) -> None:
    elsewhere = shared_home.environ | {"BOSS_BOT_DATA_DIR": str(home.folder / "other")}
    async with open_services(load(environ=elsewhere)) as services:
        item = await services.queue.submit(build_new_download())
        done = shared_home.get()
        assert (await services.queue.reader.get(item.id)).status is DownloadStatus.QUEUED
    assert (done.exit_code, done.outcomes) == (0, [])
    assert "Nothing waits in the queue." in done.stderr
