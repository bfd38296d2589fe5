"""The encoder of still pictures: decodes once, then tries the encodings until a result fits and looks well enough."""

import io
import math
from collections.abc import Iterable
from typing import Final

from PIL import Image, ImageOps

from boss_bot_media.images.attempt import EncodedImage, EncodingAttempt
from boss_bot_media.images.codec import encode_exactly, read_jpeg_options
from boss_bot_media.images.color import normalize_color
from boss_bot_media.images.encodings import LOWEST_QUALITY, EncodedFormat, Encoding
from boss_bot_media.images.quality_search import search_quality

_LEAST_LENGTH: Final = 240
"""Pixels of the longer side below which a picture is given up."""
_STEP: Final = 0.8
_HOPELESS: Final = 2.0
"""A lossless result that is this many times too large: no other lossless encoding saves half."""


def encode_still(
    content: bytes, encodings: Iterable[Encoding], limit_bytes: int, lowest_ssim: float
) -> EncodedImage | None:
    """Return a picture, upright and without metadata, in the first encoding that fits; None when none does.

    Args:
        content: The file.
        encodings: The encodings, best first.
        limit_bytes: Largest size of the result.
        lowest_ssim: Least similarity to the original; where it is not reached, the picture gets fewer pixels. Where
            that does not help either, the best result is taken.

    Raises:
        OSError: The picture is damaged.
    """
    with Image.open(io.BytesIO(content)) as source:
        jpeg_options = read_jpeg_options(source, int(source.getexif().get(0x0112, 1)))
        image = ImageOps.exif_transpose(source)
    # A profile and a transparent color belong to the pixels; everything else that Pillow read is metadata.
    image.info = {key: image.info[key] for key in ("icc_profile", "transparency") if key in image.info}
    was_hopeless = False
    for encoding in encodings:
        if encoding.highest_quality is not None:
            result = _search(
                normalize_color(image), encoding.format, encoding.highest_quality, limit_bytes, lowest_ssim
            )
            if result is not None:
                return result
        elif not was_hopeless:
            exact = encode_exactly(image, encoding.format, jpeg_options)
            if len(exact) <= limit_bytes:
                return EncodedImage(content=exact, format=encoding.format, size=image.size)
            was_hopeless = len(exact) > limit_bytes * _HOPELESS
    return None


def _search(
    image: Image.Image, format_name: EncodedFormat, highest_quality: int, limit_bytes: int, lowest_ssim: float
) -> EncodedImage | None:
    """Search the quality at which a picture fits; with fewer pixels where it does not, or looks bad."""
    scale, best = 1.0, None
    while scale == 1.0 or max(image.size) * scale >= _LEAST_LENGTH:
        attempt = EncodingAttempt(_resize(image, scale), format_name)
        quality = search_quality(attempt.measure_size, limit_bytes, LOWEST_QUALITY, highest_quality)
        excess = 1.0
        if quality is None:
            excess = attempt.measure_size(LOWEST_QUALITY) / limit_bytes
        else:
            found = attempt.build_result(quality)
            if found.ssim >= lowest_ssim:
                return found
            best = found if best is None or found.ssim > best.ssim else best
        # Bytes grow with the number of pixels.
        scale *= min(_STEP, 1 / math.sqrt(excess))
    return best


def _resize(image: Image.Image, scale: float) -> Image.Image:
    if scale == 1.0:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
