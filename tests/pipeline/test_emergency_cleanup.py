"""The emergency clean-up deletes real folders, and their records, and nothing that a download still needs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from boss_bot_core.database import Database
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.space import SpaceService
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.testing.store.base import build_failure, build_new_download
from tests.bot.cards.factories import build_file
from tests.pipeline.space import build_test_space

S = DownloadStatus
SIZE_BYTES = 1000


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database.open(f"sqlite:///{tmp_path}/queue.db") as database:
        yield database


@pytest.fixture
def space(database: Database, tmp_path: Path) -> SpaceService:
    return build_test_space(database, tmp_path)


async def start(queue: DownloadQueue) -> DownloadItem:
    await queue.submit(build_new_download())
    claimed = await queue.claim_next()
    assert claimed is not None
    return claimed


async def count_records(database: Database, item: DownloadItem) -> int:
    async with database.connect() as tx:
        return len(await tx.files.list_for_item(item.id))


@pytest.mark.parametrize("temp_only", [False, True])
async def test_files_of_ended_downloads_go_with_their_records_and_those_of_a_running_one_stay(
    database: Database, space: SpaceService, *, temp_only: bool
) -> None:
    queue = DownloadQueue(database, lambda: QueueLimits(max_running_per_user=9), notify=lambda: None)
    running, delivered, failed = [await start(queue) for _ in range(3)]
    delivered = await queue.claims.advance(delivered, S.PROCESSING)
    await queue.claims.complete(delivered, [build_file(item=delivered)])
    await queue.claims.fail(failed, build_failure(failed))
    layout = space._storage.layout
    stored = {item.id: layout.download_folder(item) for item in (running, delivered, failed)}
    temp = {item.id: layout.temp_folder(item.id) for item in (running, delivered, failed)}
    for folder in (*stored.values(), *temp.values()):
        folder.mkdir(parents=True)
        (folder / "a.mp4").write_bytes(bytes(SIZE_BYTES))

    freed_bytes = await space.cleanup.free_room(10**6, temp_only=temp_only)
    assert freed_bytes == (2 if temp_only else 4) * SIZE_BYTES
    assert {item_id for item_id, folder in temp.items() if folder.exists()} == {running.id}
    kept = set(stored) if temp_only else {running.id}
    assert {item_id for item_id, folder in stored.items() if folder.exists()} == kept
    assert await count_records(database, delivered) == int(temp_only)


async def test_after_a_clean_up_in_vain_nothing_is_tried_until_a_download_ends(
    database: Database, space: SpaceService
) -> None:
    queue = DownloadQueue(database, QueueLimits, notify=lambda: None)
    item = await start(queue)
    folder = space._storage.layout.temp_folder(item.id)
    folder.mkdir()
    (folder / "a.mp4").write_bytes(bytes(SIZE_BYTES))
    assert await space.cleanup.free_room(1) == 0
    await queue.claims.fail(item, build_failure(item))
    assert await space.cleanup.free_room(1) == 0
    space.release(item.id)
    assert await space.cleanup.free_room(1) == SIZE_BYTES
