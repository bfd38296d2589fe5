"""What plugins need beside the core: the program ffmpeg, and the names that they use of other packages.

An operator can install an engine that is newer than the plugin. What the plugin uses of it is therefore checked when
the engine is warmed up, and not found missing in the middle of a download.
"""

import importlib.util
import re
import shutil
from importlib import metadata
from pathlib import Path
from types import ModuleType, TracebackType

_MISSING_NAME = re.compile(r"cannot import name '(?P<name>[\w.]+)' from '(?P<module>[\w.]+)'")
_LOADERS = ("importlib", "boss_bot_core.plugin")
"""Modules in a traceback that import for others."""


def find_ffmpeg() -> Path | None:
    """Return the system's ffmpeg, or the one of the package imageio-ffmpeg, or None.

    For warm-up hooks; a download uses `DownloadRequest.ffmpeg`, which the operator can set.
    """
    if system := shutil.which("ffmpeg"):
        return Path(system)
    # The package is not imported: that, and the package's own search, which starts the program, take 0.4 seconds.
    package = importlib.util.find_spec("imageio_ffmpeg")
    folders = (package and package.submodule_search_locations) or ()
    programs = (path for folder in folders for path in sorted(Path(folder, "binaries").glob("ffmpeg-*")))
    return next((path for path in programs if shutil.which(path)), None)


def check_names(owner: ModuleType | type, *names: str) -> None:
    """Check that a module or a class of another package has these names; for warm-up hooks.

    An attribute that only instances have is looked for in the code of `__init__`.

    Raises:
        ImportError: One is missing. The plugin is then not in use, and the operator learns which version to install.
    """
    for name in names:
        if hasattr(owner, name) or (isinstance(owner, type) and name in _list_instance_names(owner)):
            continue
        module, full_name = owner.__name__, name
        if isinstance(owner, type):
            module, full_name = owner.__module__, f"{owner.__qualname__}.{name}"
        raise ImportError(f"cannot import name {full_name!r} from {module!r}", name=module)


def _list_instance_names(owner: type) -> set[str]:
    initializers = (vars(base).get("__init__") for base in owner.__mro__)
    codes = (getattr(initializer, "__code__", None) for initializer in initializers)
    return {name for code in codes if code is not None for name in code.co_names}


def describe_failure(step: str, error: BaseException) -> str:
    """Return why a plugin is not in use: a name that another package lacks, or the exception.

    Args:
        step: What cannot be done with the plugin, as a participle.
        error: The exception.
    """
    return _describe_missing_name(error) or f"cannot be {step}: {type(error).__name__}: {error}"


def _describe_missing_name(error: BaseException) -> str | None:
    if not isinstance(error, ImportError) or error.name is None:
        return None
    found = _MISSING_NAME.match(str(error))
    module = found["module"] if found else error.name
    name = f"{module}.{found['name']}" if found else module
    package, user = _find_distribution(module), _find_distribution(_find_importer(error.__traceback__))
    if package is None or user is None or package.name == user.name:
        return None
    remedy = f"install a newer {user.name}, or {package.name}<{package.version}"
    return f"{package.name} {package.version} has no {name}, which {user.name} {user.version} needs: {remedy}"


def _find_importer(traceback: TracebackType | None) -> str:
    """Return the module that asked for the missing name; empty if it is unknown."""
    importer = ""
    while traceback is not None:
        module = str(traceback.tb_frame.f_globals.get("__name__"))
        if not module.startswith(_LOADERS):
            importer = module
        traceback = traceback.tb_next
    return importer


def _find_distribution(module: str) -> metadata.Distribution | None:
    package = module.partition(".")[0]
    for name in (package, *metadata.packages_distributions().get(package, ())):
        try:
            return metadata.distribution(name)
        except (metadata.PackageNotFoundError, ValueError):
            continue
    return None
