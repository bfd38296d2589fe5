"""What a file's name says it is: only a claim, which the core checks against the content."""

import mimetypes
from typing import Final

from boss_bot_core.plugin import FileKind

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
_MANIFESTS: Final = frozenset({".m3u8", ".m3u", ".mpd"})


def kind_of(suffix: str) -> FileKind:
    """Return the kind for a file name's suffix, dot included."""
    suffix = suffix.lower()
    mime, _ = mimetypes.guess_type(f"x{suffix}")
    return _UNKNOWN_TO_PYTHON.get(suffix) or _KINDS.get((mime or "").partition("/")[0], "any")


def is_manifest(suffix: str) -> bool:
    """Tell whether a suffix belongs to a list of stream segments, which is no media file itself."""
    return suffix.lower() in _MANIFESTS
