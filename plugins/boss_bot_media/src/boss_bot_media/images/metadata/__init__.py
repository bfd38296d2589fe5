"""The removal of metadata from pictures without a new encoding, one module for each format.

EXIF with its location, XMP, IPTC, comments and embedded previews are removed. What changes how a picture looks stays,
the color profile and the frames of an animation included, and every byte of the compressed picture is copied. Pillow
cannot write a file without encoding its pixels again, the packages for EXIF alone leave XMP and IPTC in the file, and
the bindings of exiv2 are GPL: hence walkers of our own, which only cut parts out of a file.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from boss_bot_media.images.metadata.gif import strip_gif
from boss_bot_media.images.metadata.jpeg import strip_jpeg
from boss_bot_media.images.metadata.png import strip_png
from boss_bot_media.images.metadata.webp import strip_webp

_STRIPPERS: Mapping[str, Callable[[bytes], bytes | None]] = MappingProxyType(
    {"JPEG": strip_jpeg, "MPO": strip_jpeg, "PNG": strip_png, "WEBP": strip_webp, "GIF": strip_gif}
)


def strip_metadata(content: bytes, format_name: str) -> bytes | None:
    """Return a picture without its metadata, never longer than before; equal when there is none.

    Args:
        content: The file.
        format_name: Pillow's name of the format.

    Returns:
        None when the format has no walker, or when the file does not have the structure of its format. Decoders may
        read such a file all the same.
    """
    strip = _STRIPPERS.get(format_name)
    return strip(content) if strip else None
