"""From the temporary folder into organised storage, all at once or not at all.

The sources stay until the caller discards them, so that repeating after a crash ends the same way.

The files of an earlier download, given to another one of the same media: without a copy where there are hard links.
Each download has files of its own, so that the retention of one never takes them from the other.
"""

import stat
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.errors import FileRejectedError
from boss_bot_core.storage.filesystem import link_or_copy, sync_folder, translate_full_disk
from boss_bot_core.storage.layout import CONTENT, StorageError, StorageLayout
from boss_bot_core.storage.metadata import DownloadRecord, HistoryEntry, read_record
from boss_bot_core.storage.model import FinishedDownload
from boss_bot_core.storage.staging import Staging


def organise(
    layout: StorageLayout, finished: FinishedDownload, *, now: datetime, expires_at: datetime
) -> tuple[DownloadedFile, ...]:
    """Put a download's files where they are kept; blocking.

    Returns:
        The files in source order; repeated with the same content, the same values again.

    Raises:
        FileRejectedError: A source is not a regular file below the download's temporary folder.
        DiskFullError: There is no room.
    """
    staging = Staging(target=layout.download_folder(finished.item), finished=finished, now=now, expires_at=expires_at)
    kept = _kept_files(staging.target)
    if kept and not any(file.path.exists() for file in finished.files):
        staging.discard()
        return kept
    for file in finished.files:
        _check_source(file.path, layout.temp_folder(finished.item.id))
    with translate_full_disk():
        files = staging.build()
        if [file.checksum for file in files] == [file.checksum for file in kept]:
            staging.discard()
            return kept
        staging.publish(files)
    return files


def _kept_files(target: Path) -> tuple[DownloadedFile, ...]:
    try:
        record = read_record(target)
    except StorageError:
        return ()  # what cannot be read is replaced
    if record is None or not all(file.file_path.is_file() for file in record.files):
        return ()
    return record.files


def _check_source(path: Path, temp: Path) -> None:
    # A symbolic link would put any file of this machine into a channel.
    regular = path.exists() and stat.S_ISREG(path.lstat().st_mode)
    if not regular or not path.resolve().is_relative_to(temp.resolve()):
        raise FileRejectedError("What was downloaded is not a regular file.")


ADOPTION_ACTION = "delivered from storage"


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
        history=(HistoryEntry(at=now, action=ADOPTION_ACTION, detail=kept_from),),
    )
    staging = Staging(target=layout.download_folder(item), finished=finished, now=now, expires_at=expires_at)
    staging.discard()
    content = staging.folder / CONTENT
    with translate_full_disk():
        content.mkdir(parents=True, mode=0o700)
        for file in record.files:
            link_or_copy(file.file_path, content / file.filename)
        sync_folder(content)
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
