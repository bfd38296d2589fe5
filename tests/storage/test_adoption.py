"""The files of an earlier download, given to another one."""

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


async def test_each_download_has_files_of_its_own_without_a_copy(
    storage: Storage, item: DownloadItem, another: DownloadItem, build_verified: BuildVerified
) -> None:
    download = attrs.evolve(build_verified(b"one", b"two"), media=MediaInfo(title="A cat"))
    first = await storage.store(download)
    record = await storage.read(item)
    assert record is not None
    adopted = await storage.store_copy(another, record)
    assert [(file.filename, file.checksum) for file in adopted] == [(file.filename, file.checksum) for file in first]
    assert {file.download_item_id for file in adopted} == {another.id}
    assert not {file.id for file in adopted} & {file.id for file in first}
    assert [file.file_path.stat().st_nlink for file in adopted] == [3, 3]  # the temporary one too
    for file in first:
        file.file_path.unlink()
    assert [file.file_path.read_bytes() for file in adopted] == [b"one", b"two"]
    own = await storage.read(another)
    assert own is not None
    assert (own.media.title, own.files, own.item_id) == ("A cat", adopted, another.id)
    assert own.history[0].action == "delivered from storage"
    assert item.short_id in (own.history[0].detail or "")


async def test_what_was_swept_away_meanwhile_is_not_adopted_and_leaves_nothing_in_the_way(
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


async def test_adopting_twice_ends_the_same(
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
