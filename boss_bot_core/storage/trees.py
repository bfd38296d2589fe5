"""Whole folders: how large, how old, and gone. No symbolic link is ever followed."""

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path


def size_of(folder: Path) -> int:
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
