"""A job's rules for Landlock: which path may be used how."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from boss_bot_core.worker.confinement.grants import Grants
from boss_bot_core.worker.confinement.landlock import CHANGE, READ, Access
from boss_bot_core.worker.confinement.model import Confinement
from boss_bot_core.worker.confinement.readable import code_paths, listable_paths, system_paths

_LOADERS = ("/lib64/ld-*", "/lib/ld-*")


def rules_of(confinement: Confinement, grants: Grants) -> Iterator[tuple[Path, Access]]:
    """Yield every path that a worker may use, and how."""
    for path in chain(system_paths(), code_paths(), confinement.readable, grants.readable):
        yield path, READ
    for path in listable_paths():
        yield path, Access.READ_DIR
    yield Path("/proc/self"), READ
    yield Path("/dev/null"), Access.READ_FILE | Access.WRITE_FILE | Access.IOCTL_DEV
    for path in (*confinement.writable, *((grants.directory,) if grants.directory else ())):
        yield path, CHANGE
    programs = (*grants.programs, *confinement.programs)
    for path in programs:
        yield path, Access.EXECUTE | Access.READ_FILE
    # The kernel starts a program through its loader, which thereby has to be startable too.
    for pattern in _LOADERS if programs else ():
        for path in Path("/").glob(pattern.lstrip("/")):
            yield path, Access.EXECUTE | Access.READ_FILE
