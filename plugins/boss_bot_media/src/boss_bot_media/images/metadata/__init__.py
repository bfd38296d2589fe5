"""The removal of metadata from pictures without a new encoding, one module for each format.

EXIF with its location, XMP, IPTC, comments and embedded previews are removed. What changes how a picture looks stays,
the color profile and the frames of an animation included, and every byte of the compressed picture is copied. Pillow
cannot write a file without encoding its pixels again, the packages for EXIF alone leave XMP and IPTC in the file, and
the bindings of exiv2 are GPL: hence walkers of our own, which only cut parts out of a file.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from boss_bot_core.plugin import ByteRange
from boss_bot_media.images.metadata.gif import find_kept_gif
from boss_bot_media.images.metadata.jpeg import find_kept_jpeg
from boss_bot_media.images.metadata.png import find_kept_png
from boss_bot_media.images.metadata.webp import strip_webp

_WALKERS: Mapping[str, Callable[[bytes], list[ByteRange] | None]] = MappingProxyType(
    {"JPEG": find_kept_jpeg, "MPO": find_kept_jpeg, "PNG": find_kept_png, "GIF": find_kept_gif}
)
"""The walkers of formats that lose their metadata by cuts alone; a WebP also has its size in its header."""


def find_kept_ranges(content: bytes, format_name: str) -> tuple[ByteRange, ...] | None:
    """Return the parts of a picture that are no metadata, in order; None when cuts alone cannot remove its metadata.

    Args:
        content: The file.
        format_name: Pillow's name of the format.
    """
    walk = _WALKERS.get(format_name)
    parts = walk(content) if walk else None
    if parts is None:
        return None
    joined: list[ByteRange] = []
    for part in parts:
        start = joined.pop().start if joined and joined[-1].stop == part.start else part.start
        joined.append(ByteRange(start=start, stop=part.stop))
    return tuple(joined)


def strip_metadata(content: bytes, format_name: str) -> bytes | None:
    """Return a picture without its metadata, never longer than before; equal when there is none.

    Args:
        content: The file.
        format_name: Pillow's name of the format.

    Returns:
        None when the format has no walker, or when the file does not have the structure of its format. Decoders may
        read such a file all the same.
    """
    if format_name == "WEBP":
        return strip_webp(content)
    parts = find_kept_ranges(content, format_name)
    return None if parts is None else b"".join(content[part.start : part.stop] for part in parts)


def measure_stripped(content: bytes, format_name: str) -> int | None:
    """Return the size of a picture without its metadata; None where `strip_metadata` returns None.

    Nothing is copied where cuts are enough: for a photo, the memory of a copy takes longer than the walk.
    """
    parts = find_kept_ranges(content, format_name)
    if parts is not None:
        return sum(part.stop - part.start for part in parts)
    stripped = strip_metadata(content, format_name)
    return None if stripped is None else len(stripped)
