"""The facts of a picture on which its plan depends, read without decoding it where that is possible."""

import io
from typing import Final

import attrs
from PIL import Image

from boss_bot_media.images.metadata import measure_stripped

_ANIMATED: Final = frozenset({"GIF", "PNG", "WEBP", "AVIF"})
"""Formats whose frames are an animation; those of a TIFF, a HEIC or a phone's JPEG are pages, depth or previews."""
_LOSSLESS: Final = frozenset({"PNG", "GIF", "BMP", "TIFF"})
_HEAD_BYTES: Final = 1_000_000
"""Bytes in which a WebP names its encoding; a color profile may stand before it."""
_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = 1


@attrs.frozen(kw_only=True)
class ImageFacts:
    """What a picture is.

    Attributes:
        format: Pillow's name of the format.
        width: Width in pixels, as stored.
        height: Height in pixels, as stored.
        frames: Number of frames of an animation; 1 for a still picture.
        size_bytes: Size of the file.
        stripped_bytes: Size without metadata; None when only a new encoding removes them.
        orientation: How the stored picture is turned or mirrored, as in EXIF; 1 is upright.
        is_opaque: Whether no pixel can be seen through.
        is_lossless: Whether the encoding keeps every pixel.
    """

    format: str
    width: int
    height: int
    frames: int = 1
    size_bytes: int
    stripped_bytes: int | None
    orientation: int = _UPRIGHT
    is_opaque: bool = True
    is_lossless: bool = False

    @property
    def is_animated(self) -> bool:
        """Whether the picture has more than one frame."""
        return self.frames > 1

    @property
    def is_turned(self) -> bool:
        """Whether a still picture has to be turned or mirrored to be upright; browsers do not turn animations."""
        return self.orientation != _UPRIGHT and not self.is_animated

    @property
    def total_pixels(self) -> int:
        """The pixels of all frames."""
        return self.width * self.height * self.frames


def read_facts(content: bytes, limit_bytes: int) -> ImageFacts:
    """Return the facts of a picture.

    Args:
        content: The file.
        limit_bytes: Largest size of the result: whether a picture is opaque is decoded only when it is larger.

    Raises:
        OSError: The content is no picture that Pillow can read.
    """
    with Image.open(io.BytesIO(content)) as image:
        name = str(image.format)
        stripped_bytes = measure_stripped(content, name)
        has_metadata = stripped_bytes is None or stripped_bytes < len(content)
        frames = int(getattr(image, "n_frames", 1)) if name in _ANIMATED else 1
        return ImageFacts(
            format=name,
            width=image.width,
            height=image.height,
            frames=frames,
            size_bytes=len(content),
            stripped_bytes=stripped_bytes,
            # Pillow would decode a whole PNG to find out that it has no EXIF.
            orientation=int(image.getexif().get(_ORIENTATION, _UPRIGHT)) if has_metadata else _UPRIGHT,
            is_lossless=name in _LOSSLESS or (name == "WEBP" and b"VP8L" in content[:_HEAD_BYTES]),
            is_opaque=is_opaque(image) if len(content) > limit_bytes else not image.has_transparency_data,
        )


def is_opaque(image: Image.Image) -> bool:
    """Return whether no pixel of an image can be seen through; decodes it when its mode allows transparency."""
    if not image.has_transparency_data:
        return True
    lowest, _ = image.convert("RGBA").getchannel("A").getextrema()
    return lowest == 255
