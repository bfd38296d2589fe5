"""The encoder of still pictures: decodes once, then tries the encodings until a result fits and looks well enough."""

import io
import math
from collections.abc import Iterable
from typing import Final

import attrs
from PIL import Image, ImageOps

from boss_bot_media.images.codec import encode_exactly, encode_with_quality, read_jpeg_options
from boss_bot_media.images.color import normalize_color
from boss_bot_media.images.encodings import LOWEST_QUALITY, EncodedFormat, Encoding
from boss_bot_media.images.quality_search import search_quality
from boss_bot_media.images.similarity import measure_ssim

_LEAST_LENGTH: Final = 240
"""Pixels of the longer side below which a picture is given up."""
_STEP: Final = 0.8
_HOPELESS: Final = 2.0
"""A lossless result that is this many times too large: no other lossless encoding saves half."""


@attrs.frozen(kw_only=True)
class EncodedImage:
    """An encoded picture.

    Attributes:
        content: The file.
        format: Pillow's name of the format.
        size: Width and height in pixels.
        quality: The quality, or None where nothing was lost.
        ssim: Similarity to the original at this size.
    """

    content: bytes
    format: EncodedFormat
    size: tuple[int, int]
    quality: int | None = None
    ssim: float = 1.0


def encode_still(
    content: bytes, encodings: Iterable[Encoding], limit_bytes: int, lowest_ssim: float
) -> EncodedImage | None:
    """Return a picture, upright and without metadata, in the first encoding that fits; None when none does.

    Args:
        content: The file.
        encodings: The encodings, best first.
        limit_bytes: Largest size of the result.
        lowest_ssim: Least similarity to the original; where it is not reached, the picture gets fewer pixels.

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
    scale = 1.0
    while scale == 1.0 or max(image.size) * scale >= _LEAST_LENGTH:
        attempt = _Attempt(_resize(image, scale), format_name)
        quality = search_quality(attempt.measure_size, limit_bytes, LOWEST_QUALITY, highest_quality)
        excess = 1.0
        if quality is None:
            excess = attempt.measure_size(LOWEST_QUALITY) / limit_bytes
        elif (ssim := attempt.measure_ssim(quality)) >= lowest_ssim:
            return EncodedImage(
                content=attempt.encode(quality), format=format_name, size=attempt.image.size, quality=quality, ssim=ssim
            )
        # Bytes grow with the number of pixels.
        scale *= min(_STEP, 1 / math.sqrt(excess))
    return None


def _resize(image: Image.Image, scale: float) -> Image.Image:
    if scale == 1.0:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


@attrs.define
class _Attempt:
    """The encodings of one image at one size, each made once."""

    image: Image.Image
    format: EncodedFormat
    _contents: dict[int, bytes] = attrs.field(factory=dict, init=False)

    def encode(self, quality: int) -> bytes:
        if quality not in self._contents:
            self._contents[quality] = encode_with_quality(self.image, self.format, quality)
        return self._contents[quality]

    def measure_size(self, quality: int) -> int:
        return len(self.encode(quality))

    def measure_ssim(self, quality: int) -> float:
        with Image.open(io.BytesIO(self.encode(quality))) as result:
            return measure_ssim(self.image, result)
