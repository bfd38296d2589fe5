"""Claims links to files on sites that yt-dlp does not know, without importing yt-dlp.

The import takes longer than everything else before a download, and another engine may fetch the file.
"""

import contextlib
import functools
import hashlib
from importlib.machinery import PathFinder
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from boss_bot_core.plugin import Link, Specificity, UrlMatch
from boss_bot_ytdlp import ENGINE
from boss_bot_ytdlp._file_types import get_extension, is_media_extension

DIRECT_PREFIX: Final = "direct:"
"""Prefix of the media key of a link to a file; the download hook depends on it."""


def match_file_of_unknown_site(link: Link) -> UrlMatch | None:
    """Claim the address of a media file whose site no extractor names; None when yt-dlp itself has to be asked."""
    match = match_file(link)
    return None if match is None or _may_name_site(link.host) else match


def match_file(link: Link) -> UrlMatch | None:
    """Claim the address of a media file, or of a list of stream segments."""
    if not is_media_extension(extension := get_extension(link.url)):
        return None
    return UrlMatch(
        media_key=f"{DIRECT_PREFIX}{hash_text(link.url)}",
        url=link.url,
        specificity=Specificity.DIRECT,
        engine=ENGINE,
        reason=f"the path ends in .{extension}",
    )


def hash_text(text: str) -> str:
    """Return the part of a media key that stands for a longer text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _may_name_site(host: str) -> bool:
    """Return whether a pattern of yt-dlp may name the site: whether its list contains a part of the host's name."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        labels = [label for label in host.split(".")[:-1] if len(label) > 2]
        names = _read_extractor_list()
        return names is None or not labels or any(label in names for label in labels)
    return False


@functools.cache
def _read_extractor_list() -> str | None:
    """Return yt-dlp's list of patterns, or None where its release has none."""
    # Not `importlib.util.find_spec`, whose other finders may refuse to load an engine.
    spec = PathFinder.find_spec("yt_dlp")
    folders = (spec and spec.submodule_search_locations) or []
    for folder in folders:
        with contextlib.suppress(OSError):
            return (Path(folder) / "extractor" / "lazy_extractors.py").read_text(encoding="utf-8")
    return None
