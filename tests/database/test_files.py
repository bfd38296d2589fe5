"""Stored files: kept with their download, found again by their media while they are kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import attrs
import pytest

from boss_bot_core.database import Database, DatabaseError
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import build_new_download

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = ("test:1", DownloadOptions().content_key)


def file_of(item: DownloadItem, position: int = 0, *, hours: float = 24, size: int = 200) -> DownloadedFile:
    return DownloadedFile(
        id=uuid4(),
        download_item_id=item.id,
        filename=f"{position}.jpg",
        file_path=Path(f"/kept/\N{SNOWMAN}/{position}.jpg"),
        size_bytes=size,
        mime_type="image/jpeg",
        created_at=NOW,
        expires_at=NOW + timedelta(hours=hours),
        checksum="0" * 64,
        position=position,
        alt_text="a\0b",
        width=10,
        duration_s=1.5,
    )


async def completed(
    database: Database, *files: DownloadedFile, ago_s: float = 0, options: DownloadOptions = DownloadOptions()
) -> DownloadItem:
    item = attrs.evolve(
        to_item(attrs.evolve(build_new_download(), media_key=KEY[0], options=options), NOW - timedelta(hours=1)),
        status=DownloadStatus.COMPLETED,
        completed_at=NOW - timedelta(seconds=ago_s),
    )
    async with database.begin() as tx:
        await tx.items.insert(item)
        await tx.files.add([attrs.evolve(file, download_item_id=item.id) for file in files])
    return item


async def find(database: Database, key: tuple[str, str] = KEY, limit: int = 1000) -> DownloadItem | None:
    async with database.connect() as tx:
        found = await tx.files.find_fresh(*key, NOW, max_file_size_bytes=limit)
    return None if found is None else found.item


@pytest.fixture
def item() -> DownloadItem:
    return to_item(build_new_download(), NOW)


async def test_files_come_back_in_source_order_as_they_were(database: Database, item: DownloadItem) -> None:
    files = [file_of(item, position) for position in (2, 0, 1)]
    kept = await completed(database, *files)
    async with database.connect() as tx:
        found = await tx.files.of_item(kept.id)
    spec = sorted(files, key=lambda file: file.position)
    assert [attrs.evolve(file, download_item_id=item.id, alt_text="a\0b") for file in found] == spec
    assert found[0].alt_text == "a\N{REPLACEMENT CHARACTER}b"


async def test_a_file_needs_its_download(database: Database, item: DownloadItem) -> None:
    with pytest.raises(DatabaseError):
        async with database.begin() as tx:
            await tx.files.add([file_of(item)])


async def test_the_newest_download_of_the_same_media_is_found(database: Database, item: DownloadItem) -> None:
    await completed(database, file_of(item), ago_s=60)
    newest = await completed(database, file_of(item), file_of(item, 1))
    async with database.connect() as tx:
        found = await tx.files.find_fresh(*KEY, NOW, max_file_size_bytes=200)
    assert found is not None
    assert found.item == newest
    assert [file.position for file in found.files] == [0, 1]


async def test_other_wishes_or_media_are_not_the_same(database: Database, item: DownloadItem) -> None:
    sound = DownloadOptions(audio_only=True)
    await completed(database, file_of(item), options=sound)
    assert await find(database) is None
    assert await find(database, ("test:2", sound.content_key)) is None
    assert await find(database, ("test:1", sound.content_key)) is not None


async def test_a_spoiler_veil_does_not_change_the_files(database: Database, item: DownloadItem) -> None:
    await completed(database, file_of(item), options=DownloadOptions(spoiler=True))
    assert await find(database) is not None


async def test_one_expired_or_large_file_spoils_a_download_but_not_an_older_one(
    database: Database, item: DownloadItem
) -> None:
    older = await completed(database, file_of(item), ago_s=60)
    await completed(database, file_of(item), file_of(item, 1, hours=0))
    await completed(database, file_of(item), file_of(item, 1, size=1001))
    assert await find(database) == older
    assert await find(database, limit=199) is None


async def test_a_download_without_files_or_end_is_not_found(database: Database) -> None:
    await completed(database)
    async with database.begin() as tx:
        running = await tx.items.insert(to_item(attrs.evolve(build_new_download(), media_key=KEY[0]), NOW))
        await tx.files.add([file_of(running)])
    assert await find(database) is None


async def test_files_that_are_gone_are_forgotten(database: Database, item: DownloadItem) -> None:
    files = [file_of(item, position) for position in range(4)]
    kept = await completed(database, *files)
    async with database.begin() as tx:
        await tx.files.forget([file.id for file in files[:3]])
    async with database.connect() as tx:
        assert [file.position for file in await tx.files.of_item(kept.id)] == [3]
