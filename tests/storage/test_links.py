"""The files of an attempt after an interrupted commit: a worker may neither return nor write to links."""

import os

import pytest

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.storage import Storage, StorageLayout, staging
from tests.storage.conftest import BuildVerified


class SimulatedCrash(BaseException):
    """Simulates the end of the process: no error handler catches it."""


async def test_an_interrupted_store_leaves_its_files_to_the_next_attempt(
    storage: Storage,
    layout: StorageLayout,
    item: DownloadItem,
    build_verified: BuildVerified,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def crash(*_: object) -> None:
        raise SimulatedCrash

    download = build_verified(b"one", b"two")
    with monkeypatch.context() as crashing:
        crashing.setattr(staging, "write_record", crash)
        with pytest.raises(SimulatedCrash):
            await storage.store(download)
    paths = [file.path for file in download.files]
    assert [path.stat().st_nlink for path in paths] == [2, 2]
    await storage.open_temp(item)
    assert [(path.read_bytes(), path.stat().st_nlink) for path in paths] == [(b"one", 1), (b"two", 1)]
    assert list(layout.download_folder(item).parent.iterdir()) == []


async def test_a_file_that_has_a_name_elsewhere_is_fetched_again(
    storage: Storage, item: DownloadItem, build_verified: BuildVerified
) -> None:
    linked, own = (file.path for file in build_verified(b"one", b"two").files)
    elsewhere = storage.layout.downloads / "stored.mp4"
    os.link(linked, elsewhere)
    folder = await storage.open_temp(item)
    assert list(folder.iterdir()) == [own]
    assert elsewhere.read_bytes() == b"one"
