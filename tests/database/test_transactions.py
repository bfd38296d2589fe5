"""Transactions: they are atomic, have one writer at a time, and survive cancelled tasks."""

import asyncio
import gc
import itertools
import sqlite3
import warnings
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import attrs
import pytest

from boss_bot_core.database import Database, DatabaseError, RowChangedError, dialect
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import build_new_download

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


async def insert_item(database: Database) -> DownloadItem:
    async with database.begin() as tx:
        return await tx.items.insert(to_item(build_new_download(), NOW))


async def insert_and_cancel_after(steps: int, database: Database) -> asyncio.Task[DownloadItem]:
    """Cancel an insertion after so many iterations of the event loop, and return its ended task."""
    task = asyncio.create_task(insert_item(database))
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    return task


async def count_items(database: Database) -> int:
    async with database.connect() as tx:
        return await tx.items.count(DownloadStatus)


async def test_an_exception_rolls_back_the_transaction(database: Database) -> None:
    async def write_and_fail() -> None:
        async with database.begin() as tx:
            await tx.items.insert(to_item(build_new_download(), NOW))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await write_and_fail()
    assert await count_items(database) == 0


async def test_a_writer_holds_the_lock_from_the_begin_of_its_transaction(url: str) -> None:
    """Two processes that read before they write would otherwise fail, because SQLite cannot wait at that point."""
    async with Database.open(url) as one, Database.open(url) as two:
        order = []

        async def read_then_write(database: Database, name: str) -> None:
            async with database.begin() as tx:
                order.append(name)
                await tx.items.count(DownloadStatus)
                await asyncio.sleep(0.05)
                await tx.items.insert(to_item(build_new_download(), NOW))
                order.append(name)

        await asyncio.gather(read_then_write(one, "one"), read_then_write(two, "two"))
        assert order in (["one", "one", "two", "two"], ["two", "two", "one", "one"])
        assert await count_items(one) == 2


async def test_readers_do_not_see_uncommitted_changes(database: Database) -> None:
    async with database.begin() as tx:
        await tx.items.insert(to_item(build_new_download(), NOW))
        assert await count_items(database) == 0
    assert await count_items(database) == 1


async def test_tasks_cancelled_at_any_point_leave_the_database_usable(database: Database) -> None:
    done = 0
    for steps in range(60):
        task = await insert_and_cancel_after(steps, database)
        done += not task.cancelled()
    await asyncio.wait_for(insert_item(database), 5)
    kept = await count_items(database)
    # A commit that was running when its task was cancelled may have succeeded.
    assert done + 1 <= kept <= 61


async def test_a_cancelled_writer_leaves_no_lock_behind(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite keeps the transaction of a closed connection until its last cursor is freed; a traceback may hold one."""
    monkeypatch.setattr(dialect, "_BUSY_TIMEOUT_S", 0.05)
    async with Database.open(url) as database:
        ended = []
        for steps in range(60):
            # The list keeps the exceptions, their tracebacks, and the objects of those frames.
            ended.append(await insert_and_cancel_after(steps, database))
            await insert_item(database)


async def test_a_reader_cancelled_twice_leaves_no_connection_open(database: Database) -> None:
    """As when a program that ends cancels a task that is ending already."""
    with warnings.catch_warnings(record=True) as leaks:
        warnings.simplefilter("always", ResourceWarning)
        for steps, later in itertools.product(range(0, 40, 2), range(0, 8, 2)):
            task = asyncio.create_task(count_items(database))
            for wait in (steps, later):
                for _ in range(wait):
                    await asyncio.sleep(0)
                task.cancel()
            await asyncio.wait([task])
        del task
        gc.collect()
    assert [str(leak.message) for leak in leaks] == []


@pytest.mark.parametrize("start_late", [False, True])
async def test_a_transaction_that_outlives_the_database_leaves_no_connection_open(
    url: str, *, start_late: bool
) -> None:
    """As an event's handler does that is still running when the bot ends."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def read_late(database: Database) -> int:
        if start_late:
            await go_on.wait()
        async with database.connect() as tx:
            begun.set()
            await go_on.wait()
            return await tx.items.count(DownloadStatus)

    with warnings.catch_warnings(record=True) as leaks:
        warnings.simplefilter("always", ResourceWarning)
        async with Database.open(url) as database:
            task = asyncio.create_task(read_late(database))
            if not start_late:
                await begun.wait()
        go_on.set()
        assert await task == 0
        del database, task
        gc.collect()
    assert [str(leak.message) for leak in leaks] == []


async def test_a_row_changed_by_another_writer_is_not_overwritten(database: Database) -> None:
    item = await insert_item(database)
    claimed = attrs.evolve(item, status=DownloadStatus.DOWNLOADING, claim=1, attempt_count=1)
    async with database.begin() as tx:
        assert await tx.items.replace(item, claimed) == claimed
    for before, after in [
        (item, claimed),
        (attrs.evolve(claimed, claim=7), attrs.evolve(claimed, claim=7, title="x")),
        (claimed, attrs.evolve(claimed, status=DownloadStatus.UPLOADING)),
        (attrs.evolve(item, id=uuid4()), attrs.evolve(item, title="x")),
    ]:
        with pytest.raises(RowChangedError):
            async with database.begin() as tx:
                await tx.items.replace(before, attrs.evolve(after, id=before.id))
    async with database.connect() as tx:
        assert await tx.items.get(item.id) == claimed


async def test_the_check_constraints_refuse_invalid_rows(database: Database) -> None:
    item = await insert_item(database)
    for invalid in (
        attrs.evolve(item, attempt_count=1),
        attrs.evolve(item, completed_at=NOW),
        attrs.evolve(item, status=DownloadStatus.CANCELLED),
    ):
        with pytest.raises(DatabaseError):
            async with database.begin() as tx:
                await tx.items.replace(item, invalid)


async def test_a_lock_held_by_another_program_raises_an_error(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect, "_BUSY_TIMEOUT_S", 0.05)
    async with Database.open(url) as database:
        with closing(sqlite3.connect(tmp_path / "data" / "boss-bot.db")) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(DatabaseError, match=r"boss-bot\.db cannot be used: database is locked\."):
                await insert_item(database)
            assert await count_items(database) == 0
        await insert_item(database)
