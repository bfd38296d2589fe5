"""gallery-dl's options for one download: everything it would otherwise read from a user's files and environment.

Its configuration is one global of the module, which is why a process runs one download only.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import certifi
from gallery_dl import config

from boss_bot_core.plugin import DownloadRequest
from boss_bot_gallerydl import _names

TIMEOUT_S: Final = 12.0
RETRIES: Final = 1
"""Few and short: waiting is the queue's business, which holds no slot meanwhile."""

_FIXED: Final[Mapping[tuple[str, ...], object]] = {
    ("cache", "file"): ":memory:",
    ("extractor", "async"): False,
    ("extractor", "cookies-update"): False,
    ("extractor", "directory"): [],
    ("extractor", "filename"): _names.TEMPLATE,
    ("extractor", "input"): False,
    ("extractor", "netrc"): False,
    ("extractor", "path-restrict"): "ascii",
    ("extractor", "proxy-env"): False,
    ("extractor", "ratelimit"): "abort",
    ("extractor", "retries"): RETRIES,
    ("extractor", "skip"): True,
    ("extractor", "sleep-429"): 1.0,
    ("extractor", "timeout"): TIMEOUT_S,
    ("downloader", "mtime"): False,
    ("downloader", "part"): True,
    ("downloader", "progress"): 0.0,
    ("downloader", "http", "chunk-size"): 16384,
}


def configure(request: DownloadRequest, *more: Mapping[tuple[str, ...], object]) -> None:
    """Replace gallery-dl's whole configuration.

    Args:
        request: The download.
        more: Further options by path; later ones win.
    """
    own: dict[tuple[str, ...], object] = {
        ("extractor", "base-directory"): str(request.directory),
        ("extractor", "proxy"): request.proxy_url,
    }
    if request.cookies_file is not None:
        own["extractor", "cookies"] = str(request.cookies_file)
    config.clear()
    for options in (_FIXED, own, *more):
        for path, value in options.items():
            config.set(path[:-1], path[-1], value)


def trust_bundle(request: DownloadRequest) -> Path | None:
    """Write the usual certificate authorities and the extra one into one file, for libraries that read only a file.

    Returns:
        The file, inside the request's directory, or None where there is no extra one.
    """
    if request.ca_file is None:
        return None
    bundle = request.directory / ".authorities.pem"
    bundle.write_text(f"{Path(certifi.where()).read_text()}\n{request.ca_file.read_text()}")
    return bundle
