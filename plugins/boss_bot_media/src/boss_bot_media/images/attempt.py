"""The encodings of one image at one size, of which the search for a quality makes several."""

import io

import attrs
from PIL import Image

from boss_bot_media.images.codec import encode_with_quality
from boss_bot_media.images.encodings import EncodedFormat
from boss_bot_media.images.similarity import measure_ssim


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


@attrs.define
class EncodingAttempt:
    """The encodings of an image in mode L, RGB or RGBA; each quality is encoded once.

    Attributes:
        image: The image.
        format: Pillow's name of the format.
    """

    image: Image.Image
    format: EncodedFormat
    _contents: dict[int, bytes] = attrs.field(factory=dict, init=False)

    def encode(self, quality: int) -> bytes:
        """Return the file at a quality from 1 to 100."""
        if quality not in self._contents:
            self._contents[quality] = encode_with_quality(self.image, self.format, quality)
        return self._contents[quality]

    def measure_size(self, quality: int) -> int:
        """Return the bytes of the file at a quality."""
        return len(self.encode(quality))

    def build_result(self, quality: int) -> EncodedImage:
        """Return the file at a quality, with its similarity to the image."""
        content = self.encode(quality)
        with Image.open(io.BytesIO(content)) as decoded:
            ssim = measure_ssim(self.image, decoded)
        return EncodedImage(content=content, format=self.format, size=self.image.size, quality=quality, ssim=ssim)
