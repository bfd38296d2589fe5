"""Hard links of fetched files: a stored file is a second name of one, where the file system allows it."""

import errno
import os
import shutil
import stat
from pathlib import Path

from boss_bot_core.storage.filesystem import sync_path

# Another file system, a file system without hard links, too many links, or a file that the kernel refuses to link.
_NO_LINK = frozenset({errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES})


def link_or_copy(source: Path, target: Path) -> None:
    """Link `source` as `target`, or copy it where hard links are not possible, and sync it to the disk.

    The source stays, so that the operation can be repeated after a crash.
    """
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        shutil.copyfile(source, target, follow_symlinks=False)
    # The worker chose the mode; a stored file is readable by this user only, and not executable.
    target.chmod(0o600)
    sync_path(target)


def remove_linked_files(folder: Path) -> None:
    """Delete the files below `folder` that have another name elsewhere: a worker must not write to those."""
    for parent, _, names in os.walk(folder):
        for path in (Path(parent, name) for name in names):
            found = path.lstat()
            if stat.S_ISREG(found.st_mode) and found.st_nlink > 1:
                path.unlink()
