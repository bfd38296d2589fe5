"""A storage in a folder of the test's own, and downloads to put into it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.storage import FinishedDownload, Quota, Storage, StorageLayout, VerifiedFile

MB = 1_048_576

MakeFinished = Callable[..., FinishedDownload]


@pytest.fixture
def layout(tmp_path: Path) -> StorageLayout:
    layout = StorageLayout(tmp_path / "data", tmp_path / "cache")
    layout.prepare()
    return layout


@pytest.fixture
def storage(layout: StorageLayout) -> Storage:
    return Storage(layout=layout, quota=Quota(temp_bytes=MB, guild_daily_bytes=MB, min_free_bytes=1))


@pytest.fixture
def item() -> DownloadItem:
    return DownloadItem(
        id=uuid4(),
        url="https://x.com/a/status/1",
        media_key="twitter:1",
        plugin="twitter",
        destination=Destination(kind="discord", target="30"),
        max_file_size_bytes=10 * MB,
        user_id=10,
        guild_id=20,
        channel_id=30,
        status=DownloadStatus.PROCESSING,
        created_at=datetime.now(UTC),
    )


@pytest.fixture
def make_finished(layout: StorageLayout, item: DownloadItem) -> MakeFinished:
    """Return a function that writes files into the item's temporary folder, one for each content."""

    def make(*contents: bytes, item: DownloadItem = item, name: str | None = "cat.mp4") -> FinishedDownload:
        folder = layout.temp_folder(item.id)
        folder.mkdir(parents=True, exist_ok=True)
        files = []
        for number, content in enumerate(contents):
            path = folder / f"part{number}"
            path.write_bytes(content)
            files.append(VerifiedFile(path=path, mime_type="video/mp4", extension=".mp4", name=name))
        return FinishedDownload(item=item, files=tuple(files))

    return make
