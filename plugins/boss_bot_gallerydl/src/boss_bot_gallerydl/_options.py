"""gallery-dl's options for one download, in place of the user's files and environment that it reads otherwise.

Its configuration is global to the module, which is why one process runs one download only.
"""

import os
from pathlib import Path
from typing import Any, Final

import certifi
from gallery_dl import config

from boss_bot_core.plugin import DownloadRequest
from boss_bot_gallerydl._filenames import NAME_TEMPLATE
from boss_bot_gallerydl._site_profile import Options, SiteProfile

_TIMEOUT_S: Final = 12.0
_RETRIES: Final = 1
"""Few and short: longer waits belong to the queue, which frees the download slot meanwhile."""

_FIXED: Final[Options] = {
    ("cache", "file"): ":memory:",
    ("extractor", "async"): False,
    ("extractor", "cookies-update"): False,
    ("extractor", "directory"): [],
    ("extractor", "filename"): NAME_TEMPLATE,
    ("extractor", "input"): False,
    ("extractor", "netrc"): False,
    ("extractor", "path-restrict"): "ascii",
    ("extractor", "proxy-env"): False,
    ("extractor", "ratelimit"): "abort",
    ("extractor", "retries"): _RETRIES,
    ("extractor", "skip"): True,
    ("extractor", "sleep-429"): 1.0,
    ("extractor", "timeout"): _TIMEOUT_S,
    ("downloader", "mtime"): False,
    ("downloader", "part"): True,
    ("downloader", "progress"): 0.0,
    ("downloader", "http", "chunk-size"): 16384,
    # The header is only a hint: the content of the finished file decides.
    ("downloader", "http", "validate-html"): False,
}


def configure(profile: SiteProfile, ca_bundle: Path | None) -> None:
    """Replace gallery-dl's whole configuration; the profile's own options take precedence.

    Args:
        profile: The download's profile.
        ca_bundle: Certificate authorities to trust in streams, or None for the usual ones.
    """
    request = profile.request
    for_request: dict[tuple[str, ...], object] = {
        ("extractor", "base-directory"): str(request.directory),
        ("extractor", "proxy"): request.proxy_url,
    }
    if request.cookies_file is not None:
        for_request["extractor", "cookies"] = str(request.cookies_file)
    config.clear()
    for options in (_FIXED, for_request, _build_stream_options(profile, ca_bundle), profile.build_options()):
        for path, value in options.items():
            config.set(path[:-1], path[-1], value)


def _build_stream_options(profile: SiteProfile, ca_bundle: Path | None) -> Options:
    """Return options of the yt-dlp downloader, which fetches segmented streams and merges video and audio."""
    raw: dict[str, Any] = {
        "buffersize": 262_144,
        "cachedir": False,
        # With "retries" below: yt-dlp would continue a file without a validator, and the file can have changed.
        "continuedl": False,
        "extractor_retries": 0,
        # Without a path, yt-dlp would search for a program that the worker may not start.
        "ffmpeg_location": str(profile.request.ffmpeg or profile.request.directory / "no-ffmpeg"),
        "format": profile.format_selector,
        "fragment_retries": _RETRIES,
        "merge_output_format": "mp4",
        "noplaylist": True,
        "noprogress": True,
        "noresizebuffer": True,
        "retries": 0,
    }
    if profile.stream_extractors is not None:
        raw["allowed_extractors"] = list(profile.stream_extractors)
    if ca_bundle is not None:
        # yt-dlp reads this variable only when it is told not to use certifi.
        os.environ["SSL_CERT_FILE"] = str(ca_bundle)
        raw["compat_opts"] = {"no-certifi"}
    return {
        ("downloader", "ytdl", "raw-options"): raw,
        ("downloader", "ytdl", "retries"): _RETRIES,
        ("downloader", "ytdl", "timeout"): _TIMEOUT_S,
    }


def write_ca_bundle(request: DownloadRequest) -> Path | None:
    """Write the usual certificate authorities and the extra one into one file, for libraries that read only a file.

    Returns:
        The file, inside the request's directory, or None if there is no extra authority.
    """
    if request.ca_file is None:
        return None
    bundle = request.directory / ".authorities.pem"
    bundle.write_bytes(Path(certifi.where()).read_bytes() + b"\n" + request.ca_file.read_bytes())
    return bundle
