"""Tests for the reuse of the files of an earlier download."""

from uuid import uuid4

import attrs
import pytest

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.storage import Storage
from tests.storage.conftest import BuildVerified


@pytest.fixture
def another(item: DownloadItem) -> DownloadItem:
    return attrs.evolve(item, id=uuid4(), guild_id=21, user_id=11)


async def test_a_reused_download_has_its_own_files_as_hard_links(
    storage: Storage, item: DownloadItem, another: DownloadItem, build_verified: BuildVerified
) -> None:
    download = attrs.evolve(build_verified(b"one", b"two"), media=MediaInfo(title="A cat"))
    first = await storage.store(download)
    record = await storage.read(item)
    assert record is not None
    reused = await storage.store_copy(another, record)
    assert [(file.filename, file.checksum) for file in reused] == [(file.filename, file.checksum) for file in first]
    assert {file.download_item_id for file in reused} == {another.id}
    assert not {file.id for file in reused} & {file.id for file in first}
    assert [file.file_path.stat().st_nlink for file in reused] == [3, 3]  # the temporary one too
    for file in first:
        file.file_path.unlink()
    assert [file.file_path.read_bytes() for file in reused] == [b"one", b"two"]
    own = await storage.read(another)
    assert own is not None
    assert (own.media.title, own.files, own.item_id) == ("A cat", reused, another.id)
    assert own.history[0].action == "delivered from storage"
    # Its requester may have the earlier download deleted, and then nothing may name it any more.
    record_file = (reused[0].file_path.parents[1] / "metadata.json").read_text()
    assert (own.history[0].detail or "").startswith("kept since ")
    assert (item.short_id in record_file, item.id.hex in record_file, str(item.id) in record_file) == (False,) * 3


async def test_a_swept_file_cannot_be_reused_and_leaves_no_files_behind(
    storage: Storage, item: DownloadItem, another: DownloadItem, build_verified: BuildVerified
) -> None:
    _, second = await storage.store(build_verified(b"one", b"two"))
    record = await storage.read(item)
    assert record is not None
    second.file_path.unlink()
    with pytest.raises(FileNotFoundError):
        await storage.store_copy(another, record)
    assert await storage.read(another) is None
    files = await storage.store(build_verified(b"three", item=another))
    assert [file.file_path.read_bytes() for file in files] == [b"three"]


async def test_a_repeated_reuse_has_the_same_result(
    storage: Storage, item: DownloadItem, another: DownloadItem, build_verified: BuildVerified
) -> None:
    await storage.store(build_verified(b"one"))
    record = await storage.read(item)
    assert record is not None
    await storage.store_copy(another, record)
    again = await storage.store_copy(another, record)
    kept = await storage.read(another)
    assert kept is not None
    assert kept.files == again
