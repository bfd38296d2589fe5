"""File records: stored with their download, and found again by their media while they are kept."""

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


def build_file(item: DownloadItem, position: int = 0, *, hours: float = 24, size: int = 200) -> DownloadedFile:
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


async def store_completed(
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


async def find_item(database: Database, key: tuple[str, str] = KEY, limit: int = 1000) -> DownloadItem | None:
    async with database.connect() as tx:
        return await tx.files.find_reusable(*key, NOW, max_file_size_bytes=limit)


@pytest.fixture
def item() -> DownloadItem:
    return to_item(build_new_download(), NOW)


async def test_files_are_read_in_source_order(database: Database, item: DownloadItem) -> None:
    files = [build_file(item, position) for position in (2, 0, 1)]
    kept = await store_completed(database, *files)
    async with database.connect() as tx:
        found = await tx.files.list_for_item(kept.id)
    expected = sorted(files, key=lambda file: file.position)
    assert [attrs.evolve(file, download_item_id=item.id, alt_text="a\0b") for file in found] == expected
    assert found[0].alt_text == "a\N{REPLACEMENT CHARACTER}b"


async def test_a_file_requires_its_download(database: Database, item: DownloadItem) -> None:
    with pytest.raises(DatabaseError):
        async with database.begin() as tx:
            await tx.files.add([build_file(item)])


async def test_the_newest_download_of_the_same_media_is_found(database: Database, item: DownloadItem) -> None:
    await store_completed(database, build_file(item), ago_s=60)
    newest = await store_completed(database, build_file(item), build_file(item, 1))
    assert await find_item(database, limit=200) == newest


async def test_a_download_with_other_options_or_media_is_not_found(database: Database, item: DownloadItem) -> None:
    audio = DownloadOptions(audio_only=True)
    await store_completed(database, build_file(item), options=audio)
    assert await find_item(database) is None
    assert await find_item(database, ("test:2", audio.content_key)) is None
    assert await find_item(database, ("test:1", audio.content_key)) is not None


async def test_the_spoiler_option_does_not_change_the_files(database: Database, item: DownloadItem) -> None:
    await store_completed(database, build_file(item), options=DownloadOptions(spoiler=True))
    assert await find_item(database) is not None


async def test_a_download_with_an_expired_or_large_file_is_passed_over_for_an_older_one(
    database: Database, item: DownloadItem
) -> None:
    older = await store_completed(database, build_file(item), ago_s=60)
    await store_completed(database, build_file(item), build_file(item, 1, hours=0))
    await store_completed(database, build_file(item), build_file(item, 1, size=1001))
    assert await find_item(database) == older
    assert await find_item(database, limit=199) is None


async def test_an_unfinished_download_or_one_without_files_is_not_found(database: Database) -> None:
    await store_completed(database)
    async with database.begin() as tx:
        running = await tx.items.insert(to_item(attrs.evolve(build_new_download(), media_key=KEY[0]), NOW))
        await tx.files.add([build_file(running)])
    assert await find_item(database) is None


async def test_deleted_records_are_gone_and_the_others_stay(database: Database, item: DownloadItem) -> None:
    files = [build_file(item, position) for position in range(4)]
    kept = await store_completed(database, *files)
    async with database.begin() as tx:
        await tx.files.delete([file.id for file in files[:3]])
    async with database.connect() as tx:
        assert [file.position for file in await tx.files.list_for_item(kept.id)] == [3]
