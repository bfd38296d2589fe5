"""Tests for the folders of storage: private, kept between attempts, and deleted when they are discarded."""

import asyncio
import errno
from pathlib import Path
from uuid import uuid4

import attrs
import pytest

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.errors import DiskFullError
from boss_bot_core.storage import Quota, Storage, StorageLayout
from boss_bot_core.storage.scan import list_temp_folders
from tests.storage.conftest import BuildVerified


async def test_folders_are_accessible_by_this_user_only(tmp_path: Path, item: DownloadItem) -> None:
    layout = StorageLayout(tmp_path / "new" / "data", tmp_path / "new" / "cache")
    storage = Storage(layout=layout, quota=Quota(temp_bytes=1, guild_daily_bytes=1, min_free_bytes=1))
    await storage.prepare()
    await storage.prepare()
    folder = await storage.open_temp(item)
    for made in (layout.data_dir, layout.downloads, layout.temp, layout.locks, folder):
        assert made.stat().st_mode & 0o077 == 0


async def test_a_temporary_folder_keeps_the_files_of_an_earlier_attempt(storage: Storage, item: DownloadItem) -> None:
    (await storage.open_temp(item) / "video.part").write_bytes(b"half")
    assert (await storage.open_temp(item) / "video.part").read_bytes() == b"half"
    await storage.discard_temp(item.id)
    await storage.discard_temp(item.id)
    assert list(list_temp_folders(storage.layout)) == []


async def test_a_full_disk_prevents_a_temporary_folder(
    storage: Storage, item: DownloadItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(DiskFullError):
        await storage.open_temp(item)


async def test_many_downloads_are_stored_concurrently(
    storage: Storage, item: DownloadItem, build_verified: BuildVerified
) -> None:
    items = [attrs.evolve(item, id=uuid4()) for _ in range(20)]
    download = [build_verified(str(each.id).encode(), item=each) for each in items]
    results = await asyncio.gather(*map(storage.store, download))
    assert [files[0].file_path.read_bytes() for files in results] == [str(each.id).encode() for each in items]
