"""File names: the plugin's own name on disk, the source's name beside it, and the file type that a suffix suggests.

A name on disk is made from the file's position and the path of its address. It is therefore the same after a restart
(gallery-dl continues its `.part` file), never collides, and contains no text from the site.
"""

import hashlib
import mimetypes
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from boss_bot_core.plugin import FileKind, find_source_name, get_address_name

NAME_KEY: Final = "bossbot_name"
"""The metadata key that carries the name on disk to gallery-dl's file name template."""

NAME_TEMPLATE: Final = f"{{{NAME_KEY}}}.{{extension}}"
_MAX_LENGTH: Final = 120

_KINDS: Final[dict[str, FileKind]] = {"image": "image", "video": "video", "audio": "audio"}
_UNKNOWN_TO_PYTHON: Final[dict[str, FileKind]] = {
    ".avif": "image",
    ".heic": "image",
    ".m4a": "audio",
    ".m4v": "video",
    ".mkv": "video",
    ".ogv": "video",
    ".opus": "audio",
    ".webm": "video",
    ".webp": "image",
}
_MANIFEST_SUFFIXES: Final = frozenset({".m3u8", ".m3u", ".mpd"})


def build_disk_name(position: int, url: str) -> str:
    """Return a file's name on disk, without its suffix; the query is left out because signatures in it change."""
    parts = urlsplit(url.removeprefix("ytdl:"))
    digest = hashlib.sha256(f"{parts.hostname}{parts.path}".encode()).hexdigest()
    return f"{position:03d}_{digest[:10]}"


def get_source_name(file: Mapping[str, Any], url: str) -> str:
    """Return the source's own name for a file, cut to a length that can be shown; untrusted."""
    stem, suffix = str(file.get("filename") or ""), str(file.get("extension") or "")
    name = f"{stem}.{suffix}" if stem and suffix else stem or get_link_name(url)
    return name[:_MAX_LENGTH]


def get_better_name(name: str, url: str, headers: Mapping[str, str]) -> str:
    """Return the name that the server suggests for a file that only has its address's name, else its own name."""
    is_from_address = name.lower() == get_address_name(url).lower()
    return find_source_name(url, headers)[:_MAX_LENGTH] if is_from_address else name


def get_link_name(url: str) -> str:
    """Return the last part of an address's path, or its host."""
    parts = urlsplit(url.removeprefix("ytdl:"))
    return (get_address_name(url) or parts.hostname or "a link")[:_MAX_LENGTH]


def get_file_kind(suffix: str) -> FileKind:
    """Return the kind that a file name's suffix (with its dot) suggests; the core checks it against the content."""
    suffix = suffix.lower()
    mime, _ = mimetypes.guess_type(f"x{suffix}")
    return _UNKNOWN_TO_PYTHON.get(suffix) or _KINDS.get((mime or "").partition("/")[0], "any")


def is_manifest(suffix: str) -> bool:
    """Return whether a suffix belongs to a list of stream segments, which is no media file itself."""
    return suffix.lower() in _MANIFEST_SUFFIXES
