"""Deleted content does not stay in the files of the database."""

from datetime import UTC, datetime
from pathlib import Path

import attrs

from boss_bot_core.database import Database
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import build_new_download

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECRET = "https://media.test/a-very-private-link"


def read_files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


async def test_nothing_of_a_deleted_row_is_left_in_the_file_or_in_the_log(url: str, tmp_path: Path) -> None:
    async with Database.open(url) as database:
        items = [attrs.evolve(to_item(build_new_download(), NOW), url=f"{SECRET}/{n}" * 20) for n in range(50)]
        async with database.begin() as tx:
            for item in items:
                await tx.items.insert(item)
        async with database.begin() as tx:
            await tx.kept_data.delete_items(item.id for item in items)
        assert SECRET.encode() in read_files(tmp_path / "data")
        # A connection of the pool has read the old pages.
        async with database.connect() as tx:
            assert await tx.items.list_by_ids(item.id for item in items) == []
        await database.vacuum()
        assert SECRET.encode() not in read_files(tmp_path / "data")
        async with database.begin() as tx:
            await tx.items.insert(attrs.evolve(items[0], url="https://media.test/1"))
        async with database.connect() as tx:
            assert await tx.items.get(items[0].id) is not None


async def test_every_kind_of_database_can_be_vacuumed_while_it_is_used(database: Database) -> None:
    item = to_item(build_new_download(), NOW)
    async with database.begin() as tx:
        await tx.items.insert(item)
    await database.vacuum()
    async with database.connect() as tx:
        assert await tx.items.get(item.id) is not None


async def test_deleted_pages_are_overwritten_at_once(url: str, tmp_path: Path) -> None:
    async with Database.open(url) as database:
        async with database.begin() as tx:
            await tx.items.insert(item := attrs.evolve(to_item(build_new_download(), NOW), url=SECRET * 500))
        async with database.begin() as tx:
            await tx.kept_data.delete_items([item.id])
    # The last connection has copied the log into the file, and deleted it.
    assert SECRET.encode() not in read_files(tmp_path / "data")
