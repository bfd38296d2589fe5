"""Builds the values that cards are made of: downloads, progress updates, files."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.progress import ProgressUpdate
from boss_bot_core.domain.status import DownloadStatus

MB = 1024 * 1024
NOW = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
GUILD, CHANNEL, ADA = 11, 22, 33


def build_item(**changes: object) -> DownloadItem:
    """Return a waiting download with `changes`."""
    values: dict[str, Any] = {
        "id": UUID("a1b2c3" + "0" * 26),
        "url": "https://www.x.com/user/status/123",
        "media_key": "twitter:123",
        "plugin": "twitter",
        "destination": Destination(kind="discord", target=str(CHANNEL)),
        "max_file_size_bytes": 20 * MB,
        "user_id": ADA,
        "guild_id": GUILD,
        "channel_id": CHANNEL,
        "status": DownloadStatus.QUEUED,
        "created_at": NOW,
    }
    values.update(changes)
    return DownloadItem(**values)


def build_progress(**changes: object) -> ProgressUpdate:
    values: dict[str, Any] = {
        "item_id": build_item().id,
        "bytes_downloaded": int(12.4 * MB),
        "total_bytes": int(23.8 * MB),
        "speed_bps": 2.1 * MB,
        "eta_seconds": 6.0,
        "filename": "funny_cat_video.mp4",
        "file_index": 2,
        "file_count": 3,
    }
    values.update(changes)
    return ProgressUpdate(**values)


def build_file(
    name: str = "funny_cat_video.mp4", size_bytes: int = int(2.3 * MB), item: DownloadItem | None = None
) -> DownloadedFile:
    return DownloadedFile(
        id=uuid4(),
        download_item_id=(item or build_item()).id,
        filename=name,
        file_path=Path("/kept") / name,
        size_bytes=size_bytes,
        mime_type="video/mp4",
        created_at=NOW,
        expires_at=NOW + timedelta(days=1),
        checksum="0" * 64,
    )
