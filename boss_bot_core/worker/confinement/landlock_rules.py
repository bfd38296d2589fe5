"""Landlock rules of a job: the paths that its worker may use, with their rights.

Every worker reads the system's libraries, Python and the installed code, but no configuration and no data. Of a folder
on `sys.path` that is no site-packages (an editable install's source tree), only its modules are readable: a `.env` or
the bot's own data may lie beside them.
"""

import sys
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from boss_bot_core.worker.confinement.grants import JobGrants
from boss_bot_core.worker.confinement.landlock import CHANGE_ACCESS, READ_ACCESS, FsAccess
from boss_bot_core.worker.confinement.policy import Confinement

_SYSTEM_PATHS = (
    *("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/nix/store"),
    *("/etc/ld.so.cache", "/etc/ssl", "/etc/pki", "/etc/ca-certificates", "/etc/crypto-policies", "/etc/alternatives"),
    *("/etc/localtime", "/etc/timezone", "/etc/mime.types", "/etc/fonts", "/etc/hosts", "/etc/nsswitch.conf"),
    *("/etc/passwd", "/etc/group", "/dev/zero", "/dev/random", "/dev/urandom", "/sys/devices/system/cpu"),
    *("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/filesystems", "/proc/version", "/proc/sys/vm"),
)


def list_system_paths() -> tuple[Path, ...]:
    """List the system's files and folders that programs need."""
    return tuple(Path(text) for text in _SYSTEM_PATHS)


@cache
def list_code_paths() -> tuple[Path, ...]:
    """List the paths of Python and of everything installed for it.

    Cached, so that the zygote searches once and its workers inherit the result.
    """
    prefixes = {Path(text).resolve() for text in (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix)}
    found = set(prefixes)
    for entry in {Path(text).resolve() for text in sys.path if text}:
        if not any(entry.is_relative_to(folder) for folder in prefixes):
            found.update(_list_modules(entry))
    found.update(
        path for path in _list_imported_packages() if not any(path.is_relative_to(folder) for folder in prefixes)
    )
    return tuple(sorted(found))


def list_readable_paths() -> tuple[Path, ...]:
    """List what every worker may read, whatever its job is."""
    return (*list_system_paths(), *list_code_paths())


def list_import_folders() -> tuple[Path, ...]:
    """List the folders whose file names the import system reads."""
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
    """Yield the folders of imported packages, which an editable install may map to any place."""
    for name, module in list(sys.modules.items()):
        if "." not in name:
            for text in getattr(module, "__path__", ()):
                yield Path(text).resolve()


_LOADER_PATTERNS = ("/lib64/ld-*", "/lib/ld-*")


def build_path_rules(confinement: Confinement, grants: JobGrants) -> Iterator[tuple[Path, FsAccess]]:
    """Yield every path that a worker may use, with its rights."""
    for path in chain(list_readable_paths(), confinement.readable, grants.readable):
        yield path, READ_ACCESS
    for path in list_import_folders():
        yield path, FsAccess.READ_DIR
    yield Path("/proc/self"), READ_ACCESS
    yield Path("/dev/null"), FsAccess.READ_FILE | FsAccess.WRITE_FILE | FsAccess.IOCTL_DEV
    for path in (*confinement.writable, *((grants.directory,) if grants.directory else ())):
        yield path, CHANGE_ACCESS
    programs = (*grants.programs, *confinement.programs)
    for path in programs:
        yield path, FsAccess.EXECUTE | FsAccess.READ_FILE
    # The kernel starts a program through its loader, so the loader has to be executable too.
    for pattern in _LOADER_PATTERNS if programs else ():
        for path in Path("/").glob(pattern.lstrip("/")):
            yield path, FsAccess.EXECUTE | FsAccess.READ_FILE
