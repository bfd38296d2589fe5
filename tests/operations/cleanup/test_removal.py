"""The sweeper tells the operator once which folders it cannot delete."""

import errno
import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import attrs
import pytest
from boss_bot_core.operations.sweeper import StorageSweeper

from boss_bot_core.database import Database
from boss_bot_core.storage import Quota, Retention, Storage, StorageLayout, sweep


async def test_folders_that_cannot_be_deleted_are_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logged_errors: list[str]
) -> None:
    def raise_busy(_folder: Path) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    layout, item_id = StorageLayout(tmp_path / "data", tmp_path / "cache"), uuid4()
    layout.prepare()
    folder = layout.open_temp(item_id)
    quota = Quota(temp_bytes=1, guild_daily_bytes=1, min_free_bytes=1)
    storage = Storage(layout=layout, quota=quota, retention=attrs.evolve(Retention(), abandoned=timedelta(0)))
    async with Database.open(f"sqlite:///{tmp_path}/queue.db") as database:
        sweeper = StorageSweeper(storage, database)
        with monkeypatch.context() as busy:
            busy.setattr(sweep, "remove_tree", raise_busy)
            for _ in range(2):
                await sweeper.sweep()
        told = f"Cannot be deleted, and keep their space: {item_id}: Device or resource busy.\n"
        assert logged_errors == [told]
        await sweeper.sweep()
        assert (logged_errors, folder.exists()) == ([told], False)
