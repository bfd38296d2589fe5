"""Tests for commits to storage: atomic at every interruption, and repeatable."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import attrs
import pytest

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.errors import DiskFullError, FileRejectedError
from boss_bot_core.plugin import FetchedFile
from boss_bot_core.storage import Storage, StorageLayout, staging
from tests.storage.conftest import BuildVerified


def list_files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


async def test_files_are_stored_in_the_layout_of_the_prd(
    storage: Storage, layout: StorageLayout, item: DownloadItem, build_verified: BuildVerified
) -> None:
    (file,) = await storage.store(build_verified(b"meow"))
    day = item.created_at.date().isoformat()
    folder = f"downloads/20/{day}/{item.id}"
    assert list_files(layout.data_dir) == {f"{folder}/metadata.json", f"{folder}/content/cat.mp4"}
    assert file.file_path == layout.data_dir / folder / "content" / "cat.mp4"
    assert file.file_path.read_bytes() == b"meow"
    assert file.checksum == hashlib.sha256(b"meow").hexdigest()
    assert (file.size_bytes, file.mime_type, file.download_item_id) == (4, "video/mp4", item.id)
    assert file.expires_at - file.created_at == timedelta(hours=24)
    assert stat.S_IMODE(file.file_path.stat().st_mode) == 0o600


async def test_several_files_keep_their_order_and_have_unique_names(
    storage: Storage, build_verified: BuildVerified
) -> None:
    files = await storage.store(build_verified(b"one", b"two", b"one"))
    assert [file.filename for file in files] == ["cat_1.mp4", "cat_2.mp4", "cat_3.mp4"]
    assert [file.position for file in files] == [0, 1, 2]
    assert [file.file_path.read_bytes() for file in files] == [b"one", b"two", b"one"]


async def test_a_file_without_a_name_is_named_after_its_post(storage: Storage, build_verified: BuildVerified) -> None:
    download = attrs.evolve(build_verified(b"1", name=None), media=MediaInfo(title="A cat @everyone"))
    assert [file.filename for file in await storage.store(download)] == ["A_cat_everyone.mp4"]


async def test_a_repeated_store_returns_the_same_files_even_without_the_sources(
    storage: Storage, item: DownloadItem, build_verified: BuildVerified
) -> None:
    download = build_verified(b"one", b"two")
    first = await storage.store(download)
    assert await storage.store(download) == first
    await storage.discard_temp(item.id)
    assert await storage.store(download) == first


async def test_other_content_replaces_the_stored_files(
    storage: Storage, layout: StorageLayout, build_verified: BuildVerified
) -> None:
    (first,) = await storage.store(build_verified(b"large"))
    (second,) = await storage.store(build_verified(b"small", name="dog.mp4"))
    assert second.id != first.id
    assert {path.rpartition("/")[2] for path in list_files(layout.data_dir)} == {"metadata.json", "dog.mp4"}


OLD = {"metadata.json", "content/cat.mp4"}
NEW = {"metadata.json", "content/cat_1.mp4", "content/cat_2.mp4"}


class SimulatedCrash(BaseException):
    """Simulates the end of the process: no error handler catches it."""


@pytest.mark.parametrize("step", ["link_or_copy", "sync_path", "write_record", "remove_tree"])
async def test_an_interrupted_store_leaves_a_complete_download_and_can_be_repeated(
    storage: Storage,
    layout: StorageLayout,
    item: DownloadItem,
    build_verified: BuildVerified,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    real: Callable[..., object] = getattr(staging, step)
    await storage.store(build_verified(b"old"))
    download = build_verified(b"one", b"two")
    target = layout.download_folder(item)
    interruptions = 0
    # Interrupts the first call of the step, then the second, and so on until all calls pass.
    while True:
        calls = iter(range(interruptions))

        def interrupt(*args: object, calls: Iterator[int] = calls) -> object:
            if next(calls, None) is None:
                raise SimulatedCrash
            return real(*args)

        monkeypatch.setattr(staging, step, interrupt)
        try:
            await storage.store(download)
        except SimulatedCrash:
            interruptions += 1
            assert not target.exists() or list_files(target) in (OLD, NEW)
        else:
            break
    assert interruptions > 0
    monkeypatch.setattr(staging, step, real)
    files = await storage.store(download)
    assert [file.file_path.read_bytes() for file in files] == [b"one", b"two"]
    assert [path.name for path in target.parent.iterdir()] == [str(item.id)]


async def test_files_are_copied_across_file_systems(
    storage: Storage, item: DownloadItem, build_verified: BuildVerified, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    download = build_verified(b"meow")
    (file,) = await storage.store(download)
    assert file.file_path.read_bytes() == b"meow"
    assert download.files[0].path.exists()


async def test_a_source_outside_the_downloads_folder_is_rejected(
    storage: Storage, build_verified: BuildVerified, tmp_path: Path
) -> None:
    secret = tmp_path / "token"
    secret.write_bytes(b"secret")
    download = build_verified(b"x")
    path = download.files[0].path
    path.unlink()
    path.symlink_to(secret)
    with pytest.raises(FileRejectedError):
        await storage.store(download)
    fetched = FetchedFile(path=secret)
    elsewhere = attrs.evolve(download, files=(attrs.evolve(download.files[0], fetched=fetched),))
    with pytest.raises(FileRejectedError):
        await storage.store(elsewhere)


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), os.mkfifo, lambda _: None])
async def test_only_regular_files_are_accepted(
    storage: Storage, build_verified: BuildVerified, make: Callable[[Path], None]
) -> None:
    download = build_verified(b"x")
    download.files[0].path.unlink()
    make(download.files[0].path)
    with pytest.raises(FileRejectedError):
        await storage.store(download)


async def test_a_full_disk_raises_an_error(
    storage: Storage, build_verified: BuildVerified, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(staging, "link_or_copy", full)
    with pytest.raises(DiskFullError):
        await storage.store(build_verified(b"x"))


async def test_the_day_folder_is_the_day_of_the_request(
    storage: Storage, layout: StorageLayout, item: DownloadItem, build_verified: BuildVerified
) -> None:
    older = attrs.evolve(item, created_at=utc_now() - timedelta(days=3))
    (file,) = await storage.store(build_verified(b"x", item=older))
    assert file.file_path.is_relative_to(layout.day_folder(20, older.created_at))
