"""Fixtures: a storage in a folder of the test, and verified downloads to store."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.plugin import FetchedFile, FileFacts
from boss_bot_core.storage import Quota, Storage, StorageLayout, VerifiedDownload, VerifiedFile

MB = 1_048_576

BuildVerified = Callable[..., VerifiedDownload]


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
def build_verified(layout: StorageLayout, item: DownloadItem) -> BuildVerified:
    """Return a function that writes one file per content into the item's temporary folder."""

    def build(*contents: bytes, item: DownloadItem = item, name: str | None = "cat.mp4") -> VerifiedDownload:
        folder = layout.temp_folder(item.id)
        folder.mkdir(parents=True, exist_ok=True)
        files = []
        for number, content in enumerate(contents):
            path = folder / f"part{number}"
            path.write_bytes(content)
            fetched = FetchedFile(path=path, name=name)
            files.append(VerifiedFile(fetched=fetched, facts=FileFacts(mime_type="video/mp4", extension=".mp4")))
        return VerifiedDownload(item=item, files=tuple(files))

    return build
