"""A queue that fails for a moment, or whose disk is full, does not end the dispatching."""

import asyncio
from pathlib import Path

import pytest

from boss_bot_core.app import background
from boss_bot_core.database import DatabaseFullError
from boss_bot_core.storage import Quota, Storage, StorageLayout

QUOTA = Quota(temp_bytes=1, guild_daily_bytes=1, min_free_bytes=1)


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    layout = StorageLayout(tmp_path / "data", tmp_path / "cache")
    layout.prepare()
    return Storage(layout=layout, quota=QUOTA)


async def run_supervised(storage: Storage, error: Exception) -> None:
    """Supervise a dispatcher whose first start fails with `error`, until its second start."""
    starts = 0
    again = asyncio.Event()

    async def run() -> None:
        nonlocal starts
        starts += 1
        if starts == 1:
            raise error
        again.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(background._supervised(run, storage))
    async with asyncio.timeout(30):
        await again.wait()
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()


async def test_a_dispatcher_that_fails_starts_again(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "RESTART_DELAY_S", 0)
    await run_supervised(storage, OSError("the disk was gone"))


async def test_a_full_disk_is_freed_of_unfinished_downloads_and_dispatched_at_once(
    storage: Storage, logged_errors: list[str]
) -> None:
    part = storage.layout.temp / "0123" / "ytdlp" / "1.mp4.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(bytes(3 * 1024 * 1024))
    await run_supervised(storage, DatabaseFullError("The bot's disk is full."))
    assert list(storage.layout.temp.iterdir()) == []
    assert logged_errors == ["The disk is full: 3.0 MB of unfinished downloads were deleted, which start again.\n"]
