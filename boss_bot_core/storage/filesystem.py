"""Writing that survives a power cut: data is on disk before a name says that it is there.

Whole folders: how large, how old, and gone. No symbolic link is ever followed.
"""

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from boss_bot_core.errors import DiskFullError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# Another file system, a file system without hard links, a file with too many, or one that the kernel will not link.
_NO_LINK = frozenset({errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES})


@contextlib.contextmanager
def translate_full_disk() -> Iterator[None]:
    """Turn "no room left" into a `DiskFullError`."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFullError("The bot's disk is full.") from error
        raise


def write_file(path: Path, content: bytes) -> None:
    """Put `content` under `path`: after a crash there is the old content or the new, never a mixture."""
    partial = path.with_name(f".{path.name}.part")
    partial.write_bytes(content)
    sync_folder(partial)
    partial.replace(path)
    sync_folder(path.parent)


def link_or_copy(source: Path, target: Path) -> None:
    """Give `source` the further name `target`, or a copy where there are no hard links, and wait for the disk.

    The source stays: whoever repeats this after a crash finds it again.
    """
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        shutil.copyfile(source, target, follow_symlinks=False)
    # Whatever mode the worker chose: nobody else reads it, and nobody runs it.
    target.chmod(0o600)
    sync_folder(target)


def sync_folder(path: Path) -> None:
    """Wait until the file's, or the folder's, content is on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def folder_size(folder: Path) -> int:
    """Return the bytes of all files below `folder`; what is not there, or vanishes meanwhile, is 0."""
    return sum(status.st_size for status in _statuses(folder) if stat.S_ISREG(status.st_mode))


def last_change(folder: Path) -> datetime:
    """Return when anything in `folder` changed last, UTC; the beginning of time where there is nothing.

    By the inode's change time: engines set the modification time to what a server claims.
    """
    newest = max((status.st_ctime for status in _statuses(folder)), default=0.0)
    return datetime.fromtimestamp(newest, UTC)


def remove_tree(folder: Path) -> None:
    """Delete a folder with everything in it; none is fine.

    Raises:
        OSError: Something in it resists.
    """
    if folder.is_dir() and not folder.is_symlink():
        _unlock(folder)
        shutil.rmtree(folder)


def _statuses(folder: Path) -> Iterator[os.stat_result]:
    # Not by os.walk and paths, which take more than twice the time: every request looks at a server's whole day.
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        yield os.lstat(folder / ".")
    left = [str(folder)]
    while left:
        # A folder that vanishes, or that cannot be read, has nothing in it.
        with contextlib.suppress(OSError), os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)
                with contextlib.suppress(FileNotFoundError):
                    yield entry.stat(follow_symlinks=False)


def _unlock(folder: Path) -> None:
    # A worker may have taken the permissions of its own folders away; each is given back before it is read.
    folder.chmod(0o700)
    for parent, folders, _ in os.walk(folder):
        for path in (Path(parent, name) for name in folders):
            if not path.is_symlink():
                path.chmod(0o700)
