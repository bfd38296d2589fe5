"""What every worker has to read: the system's libraries, Python, the installed code; no configuration, no data.

A folder on `sys.path` that is no site-packages (an editable install's source tree) gives its modules only: beside them
may lie a `.env` or the bot's own data.
"""

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/nix/store"),
    *("/etc/ld.so.cache", "/etc/ssl", "/etc/pki", "/etc/ca-certificates", "/etc/crypto-policies", "/etc/alternatives"),
    *("/etc/localtime", "/etc/timezone", "/etc/mime.types", "/etc/fonts", "/etc/hosts", "/etc/nsswitch.conf"),
    *("/etc/passwd", "/etc/group", "/dev/zero", "/dev/random", "/dev/urandom", "/sys/devices/system/cpu"),
    *("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/filesystems", "/proc/version", "/proc/sys/vm"),
)


def system_paths() -> tuple[Path, ...]:
    """Return the system's files and folders that programs need."""
    return tuple(Path(text) for text in _SYSTEM)


@cache
def code_paths() -> tuple[Path, ...]:
    """Return Python and everything installed for it.

    Kept, so that the zygote looks once and its workers inherit what it found.
    """
    whole = {Path(text).resolve() for text in (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix)}
    found = set(whole)
    for entry in {Path(text).resolve() for text in sys.path if text}:
        if not any(entry.is_relative_to(folder) for folder in whole):
            found.update(_modules_in(entry))
    found.update(path for path in _imported() if not any(path.is_relative_to(folder) for folder in whole))
    return tuple(sorted(found))


def listable_paths() -> tuple[Path, ...]:
    """Return the folders that the import system lists: names only."""
    return tuple(Path(text) for text in sys.path if text)


def _modules_in(entry: Path) -> Iterator[Path]:
    if entry.is_file():  # a zip of modules
        yield entry
    elif entry.is_dir():
        for child in entry.iterdir():
            is_module = child.suffix in {".py", ".so", ".dist-info", ".egg-info"}
            if is_module or (child / "__init__.py").is_file():
                yield child


def _imported() -> Iterator[Path]:
    """Yield packages that another kind of editable install maps to where they are."""
    for name, module in list(sys.modules.items()):
        if "." not in name:
            for text in getattr(module, "__path__", ()):
                yield Path(text).resolve()
