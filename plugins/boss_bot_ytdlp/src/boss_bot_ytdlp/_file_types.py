"""The kind of file that an extension suggests: decides which links are direct ones, and how their files are named.

The extension proves nothing; the content is checked after the download.
"""

from pathlib import PurePosixPath
from typing import Final

from boss_bot_core.plugin import FileKind, get_address_name

_IMAGES: Final = frozenset({"jpg", "jpeg", "jfif", "png", "gif", "webp", "avif", "bmp", "apng", "heic", "tif", "tiff"})
_VIDEOS: Final = frozenset(
    {"mp4", "m4v", "mov", "webm", "mkv", "avi", "flv", "wmv", "mpg", "mpeg", "ogv", "3gp", "3g2", "m2ts", "mts"}
)
_AUDIOS: Final = frozenset({"mp3", "m4a", "m4b", "aac", "ogg", "oga", "opus", "wav", "flac", "wma", "aiff", "weba"})
MANIFESTS: Final = frozenset({"m3u8", "mpd"})
"""Lists of stream segments: links to them are links to media, but an extractor has to read them."""

_KINDS: Final[dict[str, FileKind]] = {
    **dict.fromkeys(_IMAGES, "image"),
    **dict.fromkeys(_VIDEOS, "video"),
    **dict.fromkeys(_AUDIOS, "audio"),
    **dict.fromkeys(MANIFESTS, "video"),
}


def get_extension(url: str) -> str:
    """Return the lower-case extension, without the dot, of the last part of an address's path."""
    return PurePosixPath(get_address_name(url)).suffix.lower().removeprefix(".")


def get_file_kind(extension: str) -> FileKind:
    """Return the kind that `extension` suggests, or `any`."""
    return _KINDS.get(extension.lower(), "any")


def is_media_extension(extension: str) -> bool:
    """Return whether `extension` belongs to a media file or to a list of stream segments."""
    return extension in _KINDS
