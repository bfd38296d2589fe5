"""Organised storage: complete or not there, whatever happens on the way, and the same when it is repeated."""

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
from boss_bot_core.storage import Storage, StorageLayout, staging
from tests.storage.conftest import MakeFinished


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


async def test_files_end_up_in_the_prds_tree(
    storage: Storage, layout: StorageLayout, item: DownloadItem, make_finished: MakeFinished
) -> None:
    (file,) = await storage.organise(make_finished(b"meow"))
    day = item.created_at.date().isoformat()
    folder = f"downloads/20/{day}/{item.id}"
    assert tree(layout.data_dir) == {f"{folder}/metadata.json", f"{folder}/content/cat.mp4"}
    assert file.file_path == layout.data_dir / folder / "content" / "cat.mp4"
    assert file.file_path.read_bytes() == b"meow"
    assert file.checksum == hashlib.sha256(b"meow").hexdigest()
    assert (file.size_bytes, file.mime_type, file.download_item_id) == (4, "video/mp4", item.id)
    assert file.expires_at - file.created_at == timedelta(hours=24)
    assert stat.S_IMODE(file.file_path.stat().st_mode) == 0o600


async def test_several_files_keep_their_order_and_have_names_of_their_own(
    storage: Storage, make_finished: MakeFinished
) -> None:
    files = await storage.organise(make_finished(b"one", b"two", b"one"))
    assert [file.filename for file in files] == ["cat_1.mp4", "cat_2.mp4", "cat_3.mp4"]
    assert [file.position for file in files] == [0, 1, 2]
    assert [file.file_path.read_bytes() for file in files] == [b"one", b"two", b"one"]


async def test_a_file_without_a_name_is_called_after_its_post(storage: Storage, make_finished: MakeFinished) -> None:
    finished = attrs.evolve(make_finished(b"1", name=None), media=MediaInfo(title="A cat @everyone"))
    assert [file.filename for file in await storage.organise(finished)] == ["A_cat_everyone.mp4"]


async def test_repeated_it_returns_the_same_also_without_the_sources(
    storage: Storage, item: DownloadItem, make_finished: MakeFinished
) -> None:
    finished = make_finished(b"one", b"two")
    first = await storage.organise(finished)
    assert await storage.organise(finished) == first
    await storage.discard_temp(item.id)
    assert await storage.organise(finished) == first


async def test_other_content_replaces_what_was_there(
    storage: Storage, layout: StorageLayout, make_finished: MakeFinished
) -> None:
    (first,) = await storage.organise(make_finished(b"large"))
    (second,) = await storage.organise(make_finished(b"small", name="dog.mp4"))
    assert second.id != first.id
    assert {path.rpartition("/")[2] for path in tree(layout.data_dir)} == {"metadata.json", "dog.mp4"}


OLD = {"metadata.json", "content/cat.mp4"}
NEW = {"metadata.json", "content/cat_1.mp4", "content/cat_2.mp4"}


class BrokenOff(BaseException):
    """Stands for the end of the process: no handler for errors sees it."""


@pytest.mark.parametrize("step", ["link_or_copy", "sync_folder", "write_record", "remove_tree"])
async def test_an_attempt_that_breaks_off_leaves_nothing_half_and_can_be_repeated(
    storage: Storage,
    layout: StorageLayout,
    item: DownloadItem,
    make_finished: MakeFinished,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    real: Callable[..., object] = getattr(staging, step)
    await storage.organise(make_finished(b"old"))
    finished = make_finished(b"one", b"two")
    target = layout.download_folder(item)
    broken_off = 0
    # Breaks off at the first call of the step, then at the second, and so on until it gets through.
    while True:
        calls = iter(range(broken_off))

        def break_off(*args: object, calls: Iterator[int] = calls) -> object:
            if next(calls, None) is None:
                raise BrokenOff
            return real(*args)

        monkeypatch.setattr(staging, step, break_off)
        try:
            await storage.organise(finished)
        except BrokenOff:
            broken_off += 1
            assert not target.exists() or tree(target) in (OLD, NEW)
        else:
            break
    assert broken_off > 0
    monkeypatch.setattr(staging, step, real)
    files = await storage.organise(finished)
    assert [file.file_path.read_bytes() for file in files] == [b"one", b"two"]
    assert [path.name for path in target.parent.iterdir()] == [str(item.id)]


async def test_it_works_across_file_systems(
    storage: Storage, item: DownloadItem, make_finished: MakeFinished, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    finished = make_finished(b"meow")
    (file,) = await storage.organise(finished)
    assert file.file_path.read_bytes() == b"meow"
    assert finished.files[0].path.exists()


async def test_no_link_leads_out_of_the_downloads_own_folder(
    storage: Storage, make_finished: MakeFinished, tmp_path: Path
) -> None:
    secret = tmp_path / "token"
    secret.write_bytes(b"secret")
    finished = make_finished(b"x")
    path = finished.files[0].path
    path.unlink()
    path.symlink_to(secret)
    with pytest.raises(FileRejectedError):
        await storage.organise(finished)
    elsewhere = attrs.evolve(finished, files=(attrs.evolve(finished.files[0], path=secret),))
    with pytest.raises(FileRejectedError):
        await storage.organise(elsewhere)


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), os.mkfifo, lambda _: None])
async def test_only_regular_files_are_taken(
    storage: Storage, make_finished: MakeFinished, make: Callable[[Path], None]
) -> None:
    finished = make_finished(b"x")
    finished.files[0].path.unlink()
    make(finished.files[0].path)
    with pytest.raises(FileRejectedError):
        await storage.organise(finished)


async def test_a_full_disk_is_told_as_such(
    storage: Storage, make_finished: MakeFinished, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(staging, "link_or_copy", full)
    with pytest.raises(DiskFullError):
        await storage.organise(make_finished(b"x"))


async def test_the_day_is_the_day_of_the_request(
    storage: Storage, layout: StorageLayout, item: DownloadItem, make_finished: MakeFinished
) -> None:
    older = attrs.evolve(item, created_at=utc_now() - timedelta(days=3))
    (file,) = await storage.organise(make_finished(b"x", item=older))
    assert file.file_path.is_relative_to(layout.day_folder(20, older.created_at))
