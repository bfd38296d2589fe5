"""File operations that survive a power cut, and the size, age and removal of folder trees.

Data is synced to the disk before it gets its final name. No function follows a symbolic link.
"""

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

PART_SUFFIX = ".part"
"""The end of the name of a file that is being written."""


def write_file(path: Path, content: bytes) -> None:
    """Write `content` to `path` atomically: after a crash the file has its old content or its new one."""
    partial = path.with_name(f".{path.name}{PART_SUFFIX}")
    partial.write_bytes(content)
    sync_path(partial)
    partial.replace(path)
    sync_path(path.parent)


def sync_path(path: Path) -> None:
    """Wait until the content of a file or a folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def measure_folder_size(folder: Path) -> int:
    """Return the bytes of all files below `folder`; a missing file or folder counts as 0."""
    return sum(status.st_size for status in _stat_tree(folder) if stat.S_ISREG(status.st_mode))


def find_last_change(folder: Path) -> datetime:
    """Return the time of the latest change in `folder`, UTC; the Unix epoch when the folder does not exist.

    Neither time of a file is enough. Engines set the modification time to a value that the server sends; then the
    change of the file's folder counts. The change time is also that of the last change of any other link to the file.
    """
    newest = max((_read_change_time(status) for status in _stat_tree(folder)), default=0.0)
    return datetime.fromtimestamp(newest, UTC)


def remove_tree(folder: Path) -> None:
    """Delete a folder and its content, if it exists.

    Raises:
        OSError: A part of it could not be deleted.
    """
    if folder.is_dir() and not folder.is_symlink():
        _restore_permissions(folder)
        shutil.rmtree(folder)


def clear_folder(folder: Path) -> int:
    """Delete the folders in `folder`, and return the bytes of their files."""
    size_bytes = measure_folder_size(folder)
    for child in folder.iterdir():
        remove_tree(child)
    return size_bytes


def _read_change_time(status: os.stat_result) -> float:
    return status.st_ctime if stat.S_ISDIR(status.st_mode) else min(status.st_ctime, status.st_mtime)


def _stat_tree(folder: Path) -> Iterator[os.stat_result]:
    # os.walk and paths take more than twice the time, and every request measures a guild's whole day.
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        yield os.lstat(folder / ".")
    left = [str(folder)]
    while left:
        # A folder that vanishes or is not readable counts as empty.
        with contextlib.suppress(OSError), os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)
                with contextlib.suppress(FileNotFoundError):
                    yield entry.stat(follow_symlinks=False)


def _restore_permissions(folder: Path) -> None:
    # A worker may have removed the permissions of its folders. Each folder needs them before it can be read.
    folder.chmod(0o700)
    for parent, folders, _ in os.walk(folder):
        for path in (Path(parent, name) for name in folders):
            if not path.is_symlink():
                path.chmod(0o700)
