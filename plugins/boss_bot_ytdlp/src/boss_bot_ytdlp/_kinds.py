"""What kind of file a name's extension promises: decides which links are direct ones and what their files are called.

A promise only: the content is looked at after the download.
"""

from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from boss_bot_core.plugin import FileKind

IMAGES: Final = frozenset({"jpg", "jpeg", "jfif", "png", "gif", "webp", "avif", "bmp", "apng", "heic", "tif", "tiff"})
VIDEOS: Final = frozenset(
    {"mp4", "m4v", "mov", "webm", "mkv", "avi", "flv", "wmv", "mpg", "mpeg", "ogv", "3gp", "3g2", "m2ts", "mts"}
)
AUDIOS: Final = frozenset({"mp3", "m4a", "m4b", "aac", "ogg", "oga", "opus", "wav", "flac", "wma", "aiff", "weba"})
MANIFESTS: Final = frozenset({"m3u8", "mpd"})
"""Lists of segments: links to media too, but the engine has to read them."""

_KINDS: Final[dict[str, FileKind]] = {
    **dict.fromkeys(IMAGES, "image"),
    **dict.fromkeys(VIDEOS, "video"),
    **dict.fromkeys(AUDIOS, "audio"),
    **dict.fromkeys(MANIFESTS, "video"),
}


def basename_of(path: str) -> str:
    """Return the last part of a URL's path, decoded; it is the source's and untrusted."""
    return unquote(path.rstrip("/").rpartition("/")[2])


def extension_of(path: str) -> str:
    """Return the lower-case extension, without the dot, of a URL's path or of a file's name."""
    return PurePosixPath(basename_of(path)).suffix.lower().removeprefix(".")


def kind_of(extension: str) -> FileKind:
    """Return what `extension` promises, or `any`."""
    return _KINDS.get(extension.lower(), "any")


def is_media(extension: str) -> bool:
    """Tell whether `extension` is one of a media file or of a list of segments."""
    return extension in _KINDS
