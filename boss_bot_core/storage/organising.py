"""From the temporary folder into organised storage, all at once or not at all.

The sources stay until the caller discards them, so that repeating after a crash ends the same way.
"""

import stat
from datetime import datetime
from pathlib import Path

from boss_bot_core.domain.files import DownloadedFile
from boss_bot_core.errors import FileRejectedError
from boss_bot_core.storage.durable import full_disk_is_ours
from boss_bot_core.storage.errors import StorageError
from boss_bot_core.storage.finished import FinishedDownload
from boss_bot_core.storage.layout import StorageLayout
from boss_bot_core.storage.record import read_record
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
    with full_disk_is_ours():
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
