"""Names: ours on disk, the source's own beside it.

Ours come from a file's place and its address's path, so they are the same after a restart (gallery-dl continues its
`.part`), never collide and never carry what a stranger wrote.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote, urlsplit

KEY: Final = "bossbot_name"
"""The metadata key that carries the name on disk to gallery-dl's file name template."""

TEMPLATE: Final = f"{{{KEY}}}.{{extension}}"
_LONGEST: Final = 120


def disk_name(position: int, url: str) -> str:
    """Return a file's name on disk, without its suffix; queries are left out because signatures in them change."""
    parts = urlsplit(url.removeprefix("ytdl:"))
    digest = hashlib.sha256(f"{parts.hostname}{parts.path}".encode()).hexdigest()
    return f"{position:03d}_{digest[:10]}"


def source_name(file: Mapping[str, Any], url: str) -> str:
    """Return the source's own name for a file, cut to a length that can be shown; untrusted."""
    stem, suffix = str(file.get("filename") or ""), str(file.get("extension") or "")
    name = f"{stem}.{suffix}" if stem and suffix else stem or link_name(url)
    return name[:_LONGEST]


def link_name(url: str) -> str:
    """Return the last part of an address, or its host."""
    parts = urlsplit(url.removeprefix("ytdl:"))
    return (unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or "a link")[:_LONGEST]
