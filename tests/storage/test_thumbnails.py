"""Thumbnails beside the content: stored, found again, copied for another download, and gone with it."""

from pathlib import Path
from uuid import uuid4

import attrs
import pytest

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.errors import FileRejectedError
from boss_bot_core.storage import Storage, VerifiedDownload
from tests.storage.conftest import BuildVerified


def add_thumbnail(download: VerifiedDownload, path: Path) -> VerifiedDownload:
    path.write_bytes(b"small")
    first, *rest = download.files
    return attrs.evolve(download, files=(attrs.evolve(first, thumbnail=path), *rest))


async def test_a_thumbnail_is_stored_beside_the_content(
    storage: Storage, item: DownloadItem, build_verified: BuildVerified
) -> None:
    thumbnail = storage.layout.temp_folder(item.id) / "t.jpg"
    download = build_verified(b"one", b"two")
    first, second = await storage.store(add_thumbnail(download, thumbnail))
    folder = storage.layout.download_folder(item)
    assert first.thumbnail_path == folder / "thumbnails" / f"{Path(first.filename).stem}.jpg"
    assert first.thumbnail_path.read_bytes() == b"small"
    assert second.thumbnail_path is None
    record = await storage.read(item)
    assert record is not None
    assert record.files == (first, second)
    another = attrs.evolve(item, id=uuid4())
    copied, _ = await storage.store_copy(another, record)
    assert copied.thumbnail_path is not None
    assert copied.thumbnail_path.is_relative_to(storage.layout.download_folder(another))
    assert copied.thumbnail_path.read_bytes() == b"small"


async def test_stored_files_can_be_stored_again_with_converted_ones(
    storage: Storage, item: DownloadItem, build_verified: BuildVerified
) -> None:
    download = build_verified(b"one", b"two")
    first, _ = await storage.store(download)
    kept = attrs.evolve(download.files[0], fetched=attrs.evolve(download.files[0].fetched, path=first.file_path))
    converted = storage.layout.temp_folder(item.id) / "small"
    converted.write_bytes(b"2")
    made = attrs.evolve(download.files[1], fetched=attrs.evolve(download.files[1].fetched, path=converted))
    files = await storage.store(attrs.evolve(download, files=(kept, made)))
    assert [file.file_path.read_bytes() for file in files] == [b"one", b"2"]


async def test_a_thumbnail_from_elsewhere_is_refused(
    storage: Storage, build_verified: BuildVerified, tmp_path: Path
) -> None:
    with pytest.raises(FileRejectedError):
        await storage.store(add_thumbnail(build_verified(b"one"), tmp_path / "t.jpg"))
