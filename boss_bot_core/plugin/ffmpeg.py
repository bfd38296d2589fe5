"""The search for ffmpeg, which joins picture and sound: the program of the system, or that of a package."""

import importlib.util
import shutil
from pathlib import Path

_PACKAGE = "imageio_ffmpeg"


def find_ffmpeg() -> Path | None:
    """Return the system's ffmpeg, or the one of the package imageio-ffmpeg, or None.

    For warm-up hooks; a download uses `DownloadRequest.ffmpeg`, which the operator can set.
    """
    if system := shutil.which("ffmpeg"):
        return Path(system)
    # The package is not imported: that, and the package's own search, which starts the program, take 0.4 seconds.
    package = importlib.util.find_spec(_PACKAGE)
    folders = (package and package.submodule_search_locations) or ()
    programs = (path for folder in folders for path in sorted(Path(folder, "binaries").glob("ffmpeg-*")))
    return next((path for path in programs if shutil.which(path)), None)
