"""Commits a download to organised storage: from its temporary folder, or from a stored download of the same media.

Each commit is atomic: all files appear at once, or none does. The source files stay until the caller discards them, so
that a repetition after a crash has the same result.
"""

import stat
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.errors import FileRejectedError
from boss_bot_core.storage.filesystem import sync_path
from boss_bot_core.storage.layout import CONTENT, StorageError, StorageLayout
from boss_bot_core.storage.links import link_or_copy
from boss_bot_core.storage.metadata import DownloadRecord, read_record
from boss_bot_core.storage.model import REUSED, HistoryEntry, VerifiedDownload
from boss_bot_core.storage.staging import Staging, link_thumbnail


def store_files(
    layout: StorageLayout, download: VerifiedDownload, *, now: datetime, expires_at: datetime
) -> tuple[DownloadedFile, ...]:
    """Store a download's files; blocking.

    Returns:
        The files in source order. A repetition with the same content returns the same values.

    Raises:
        FileRejectedError: A source is not a regular file of this download, in its temporary or its final folder,
            or its content is blocked.
        DiskFullError: The disk is full.
    """
    staging = Staging(target=layout.download_folder(download.item), download=download, now=now, expires_at=expires_at)
    stored = _read_stored_files(staging.target)
    if stored and not any(file.path.exists() for file in download.files):
        staging.discard()
        return stored
    for file in download.files:
        for path in (file.path, *([file.thumbnail] if file.thumbnail else [])):
            _check_source(path, layout.temp_folder(download.item.id), staging.target)
    with staging.discarded_on_error():
        files = staging.build()
        if [file.checksum for file in files] == [file.checksum for file in stored]:
            staging.discard()
            return stored
        staging.publish(files)
    return files


def _read_stored_files(target: Path) -> tuple[DownloadedFile, ...]:
    try:
        record = read_record(target)
    except StorageError:
        return ()  # an unreadable download is replaced
    if record is None or not all(file.file_path.is_file() for file in record.files):
        return ()
    return record.files


def _check_source(path: Path, *folders: Path) -> None:
    # A symbolic link could deliver any file of this machine to a channel.
    is_regular = path.exists() and stat.S_ISREG(path.lstat().st_mode)
    if not is_regular or not any(path.resolve().is_relative_to(folder.resolve()) for folder in folders):
        raise FileRejectedError("What was downloaded is not a regular file.")


def store_copy(
    layout: StorageLayout, item: DownloadItem, record: DownloadRecord, *, now: datetime, expires_at: datetime
) -> tuple[DownloadedFile, ...]:
    """Store the files of `record` again as the files of `item` and return them in source order; blocking.

    The files are hard links where the file system has them, and copies elsewhere. Each download has its own files, so
    that the retention of one download never deletes the files of another.

    Raises:
        FileNotFoundError: The recorded files have just been swept.
        DiskFullError: The disk is full.
    """
    # Without the earlier download's id: its requester may have it deleted, and this record stays.
    detail = f"kept since {record.organised_at:%Y-%m-%d %H:%M} UTC"
    download = VerifiedDownload(
        item=item,
        files=(),
        media=record.media,
        skipped=record.skipped,
        history=(HistoryEntry(at=now, action=REUSED, detail=detail),),
    )
    staging = Staging(target=layout.download_folder(item), download=download, now=now, expires_at=expires_at)
    staging.discard()
    content = staging.folder / CONTENT
    with staging.discarded_on_error():
        content.mkdir(parents=True, mode=0o700)
        for file in record.files:
            link_or_copy(file.file_path, content / file.filename)
        sync_path(content)
        files = tuple(
            attrs.evolve(
                file,
                id=uuid4(),
                download_item_id=item.id,
                file_path=staging.target / CONTENT / file.filename,
                thumbnail_path=link_thumbnail(
                    file.thumbnail_path, staging.folder, staging.target, Path(file.filename).stem
                ),
                created_at=now,
                expires_at=expires_at,
            )
            for file in record.files
        )
        staging.publish(files)
    return files
