"""The files of an earlier download, given to another one of the same media: without a copy where there are hard links.

Each download has files of its own, so that the retention of one never takes them from the other.
"""

from datetime import datetime
from uuid import uuid4

import attrs

from boss_bot_core.domain.files import DownloadedFile
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.storage.durable import full_disk_is_ours, sync, take_file
from boss_bot_core.storage.finished import FinishedDownload
from boss_bot_core.storage.layout import CONTENT, StorageLayout
from boss_bot_core.storage.record import DownloadRecord, HistoryEntry
from boss_bot_core.storage.staging import Staging

ACTION = "delivered from storage"


def adopt(
    layout: StorageLayout, item: DownloadItem, record: DownloadRecord, *, now: datetime, expires_at: datetime
) -> tuple[DownloadedFile, ...]:
    """Give `item` the files of `record` and return them as its own, in source order; blocking.

    Raises:
        FileNotFoundError: They have just been swept away.
        DiskFullError: There is no room.
    """
    kept_from = f"kept since {record.organised_at:%Y-%m-%d %H:%M} UTC for download {record.item_id.hex[:6]}"
    finished = FinishedDownload(
        item=item,
        files=(),
        media=record.media,
        skipped=record.skipped,
        history=(HistoryEntry(at=now, action=ACTION, detail=kept_from),),
    )
    staging = Staging(target=layout.download_folder(item), finished=finished, now=now, expires_at=expires_at)
    staging.discard()
    content = staging.folder / CONTENT
    with full_disk_is_ours():
        content.mkdir(parents=True, mode=0o700)
        for file in record.files:
            take_file(file.file_path, content / file.filename)
        sync(content)
        files = tuple(
            attrs.evolve(
                file,
                id=uuid4(),
                download_item_id=item.id,
                file_path=staging.target / CONTENT / file.filename,
                created_at=now,
                expires_at=expires_at,
            )
            for file in record.files
        )
        staging.publish(files)
    return files
