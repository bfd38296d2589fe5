"""One encoding of one image, without metadata: the options for each format."""

import io
from collections.abc import Mapping
from typing import Any, Final

from PIL import Image, JpegImagePlugin

from boss_bot_media.images.color import normalize_color
from boss_bot_media.images.encodings import EncodedFormat

_TURNED_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
"""EXIF orientations that exchange width and height."""
_FULL_COLOR_QUALITY: Final = 90
"""Quality from which a JPEG keeps the resolution of its colors; below it halved colors save more than they cost."""
_WEBP_METHOD: Final = 4
_PNG_MODES: Final = frozenset({"1", "L", "LA", "I;16", "P", "RGB", "RGBA"})

EncoderOptions = Mapping[str, Any]


def read_jpeg_options(source: Image.Image, orientation: int) -> EncoderOptions:
    """Return the options that encode a JPEG, turned upright, with its own tables; empty for another format.

    Pixels that are turned and encoded with the same tables lose next to nothing.
    """
    if not isinstance(source, JpegImagePlugin.JpegImageFile):
        return {}
    sampling = JpegImagePlugin.get_sampling(source)
    tables = list(source.quantization.values())
    if orientation in _TURNED_SIDEWAYS:
        # The frequencies exchange their directions. Colors that were halved in width only would be halved in height.
        tables = [[table[column * 8 + row] for row in range(8) for column in range(8)] for table in tables]
        sampling = 0 if sampling == 1 else sampling
    return {"qtables": tables} | ({"subsampling": sampling} if sampling >= 0 else {})


def encode_exactly(image: Image.Image, format_name: EncodedFormat, jpeg_options: EncoderOptions) -> bytes:
    """Encode an image without loss; a JPEG with the options of its source.

    Raises:
        OSError: The encoder refuses the image.
    """
    match format_name:
        case "JPEG":
            return _save(image, "JPEG", optimize=True, **jpeg_options)
        case "PNG":
            return _save(image if image.mode in _PNG_MODES else normalize_color(image), "PNG", optimize=True)
        case "WEBP":
            return _save(normalize_color(image), "WEBP", lossless=True, quality=50, method=_WEBP_METHOD, exact=False)


def encode_with_quality(image: Image.Image, format_name: EncodedFormat, quality: int) -> bytes:
    """Encode an image in mode L, RGB or RGBA at a quality from 1 to 100.

    Raises:
        OSError: The encoder refuses the image.
    """
    if format_name == "WEBP":
        return _save(image, "WEBP", quality=quality, method=_WEBP_METHOD)
    sampling = "4:4:4" if quality >= _FULL_COLOR_QUALITY else "4:2:0"
    return _save(image, "JPEG", quality=quality, subsampling=sampling, optimize=True)


def _save(image: Image.Image, format_name: EncodedFormat, **options: Any) -> bytes:  # noqa: ANN401 - Pillow's own options
    profile = image.info.get("icc_profile")
    file = io.BytesIO()
    image.save(file, format_name, icc_profile=profile, **options)
    return file.getvalue()
