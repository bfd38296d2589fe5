"""Builds the record of a download that is stored."""

from datetime import datetime

from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.storage.metadata import DownloadRecord
from boss_bot_core.storage.model import HistoryEntry, VerifiedDownload


def build_record(
    download: VerifiedDownload, files: tuple[DownloadedFile, ...], *, now: datetime, expires_at: datetime
) -> DownloadRecord:
    """Return the record of a download, which ends with the step that stores it.

    Args:
        download: The download.
        files: Its files as they are stored.
        now: The time of the commit, UTC.
        expires_at: The end of its retention, UTC.
    """
    item = download.item
    organised = HistoryEntry(at=now, action="organised", detail=f"{len(files)} files")
    return DownloadRecord(
        item_id=item.id,
        url=item.url,
        media_key=item.media_key,
        plugin=item.plugin,
        user_id=item.user_id,
        guild_id=item.guild_id,
        channel_id=item.channel_id,
        requested_at=item.created_at,
        organised_at=now,
        expires_at=expires_at,
        media=download.media,
        files=files,
        skipped=download.skipped,
        attempts=item.attempt_count,
        history=(*download.history, organised),
    )
