"""What every worker has to read: the system's libraries, Python, the installed code; no configuration, no data.

A folder on `sys.path` that is no site-packages (an editable install's source tree) gives its modules only: beside them
may lie a `.env` or the bot's own data.

A job's rules for Landlock: which path may be used how.
"""

import sys
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from boss_bot_core.worker.confinement.grants import JobGrants
from boss_bot_core.worker.confinement.landlock import CHANGE_ACCESS, READ_ACCESS, PathAccess
from boss_bot_core.worker.confinement.policy import Confinement

_SYSTEM_PATHS = (
    *("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/nix/store"),
    *("/etc/ld.so.cache", "/etc/ssl", "/etc/pki", "/etc/ca-certificates", "/etc/crypto-policies", "/etc/alternatives"),
    *("/etc/localtime", "/etc/timezone", "/etc/mime.types", "/etc/fonts", "/etc/hosts", "/etc/nsswitch.conf"),
    *("/etc/passwd", "/etc/group", "/dev/zero", "/dev/random", "/dev/urandom", "/sys/devices/system/cpu"),
    *("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/filesystems", "/proc/version", "/proc/sys/vm"),
)


def list_system_paths() -> tuple[Path, ...]:
    """Return the system's files and folders that programs need."""
    return tuple(Path(text) for text in _SYSTEM_PATHS)


@cache
def list_code_paths() -> tuple[Path, ...]:
    """Return Python and everything installed for it.

    Kept, so that the zygote looks once and its workers inherit what it found.
    """
    whole = {Path(text).resolve() for text in (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix)}
    found = set(whole)
    for entry in {Path(text).resolve() for text in sys.path if text}:
        if not any(entry.is_relative_to(folder) for folder in whole):
            found.update(_list_modules(entry))
    found.update(path for path in _list_imported_packages() if not any(path.is_relative_to(folder) for folder in whole))
    return tuple(sorted(found))


def list_import_folders() -> tuple[Path, ...]:
    """Return the folders that the import system lists: names only."""
    return tuple(Path(text) for text in sys.path if text)


def _list_modules(entry: Path) -> Iterator[Path]:
    if entry.is_file():  # a zip of modules
        yield entry
    elif entry.is_dir():
        for child in entry.iterdir():
            is_module = child.suffix in {".py", ".so", ".dist-info", ".egg-info"}
            if is_module or (child / "__init__.py").is_file():
                yield child


def _list_imported_packages() -> Iterator[Path]:
    """Yield packages that another kind of editable install maps to where they are."""
    for name, module in list(sys.modules.items()):
        if "." not in name:
            for text in getattr(module, "__path__", ()):
                yield Path(text).resolve()


_LOADER_PATTERNS = ("/lib64/ld-*", "/lib/ld-*")


def build_path_rules(confinement: Confinement, grants: JobGrants) -> Iterator[tuple[Path, PathAccess]]:
    """Yield every path that a worker may use, and how."""
    for path in chain(list_system_paths(), list_code_paths(), confinement.readable, grants.readable):
        yield path, READ_ACCESS
    for path in list_import_folders():
        yield path, PathAccess.READ_DIR
    yield Path("/proc/self"), READ_ACCESS
    yield Path("/dev/null"), PathAccess.READ_FILE | PathAccess.WRITE_FILE | PathAccess.IOCTL_DEV
    for path in (*confinement.writable, *((grants.directory,) if grants.directory else ())):
        yield path, CHANGE_ACCESS
    programs = (*grants.programs, *confinement.programs)
    for path in programs:
        yield path, PathAccess.EXECUTE | PathAccess.READ_FILE
    # The kernel starts a program through its loader, which thereby has to be startable too.
    for pattern in _LOADER_PATTERNS if programs else ():
        for path in Path("/").glob(pattern.lstrip("/")):
            yield path, PathAccess.EXECUTE | PathAccess.READ_FILE
