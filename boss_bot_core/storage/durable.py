"""Writing that survives a power cut: data is on disk before a name says that it is there."""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from boss_bot_core.errors import DiskFullError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# Another file system, a file system without hard links, a file with too many, or one that the kernel will not link.
_NO_LINK = frozenset({errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES})


@contextlib.contextmanager
def full_disk_is_ours() -> Iterator[None]:
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
    sync(partial)
    partial.replace(path)
    sync(path.parent)


def take_file(source: Path, target: Path) -> None:
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
    sync(target)


def sync(path: Path) -> None:
    """Wait until the file's, or the folder's, content is on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
