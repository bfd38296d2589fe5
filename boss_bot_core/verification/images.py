"""The inspection of images: Pillow decodes them, within limits for their decoded size."""

import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageSequence, UnidentifiedImageError

from boss_bot_core.plugin import FileFacts, FileRejectedError
from boss_bot_core.verification.media_types import IMAGES

try:
    from pi_heif import register_heif_opener
except ImportError:
    _UNKNOWN_TO_PILLOW = frozenset({"MPO", "HEIF"})
    WITHOUT_DECODER = {"image/heic": "HEIC pictures are refused, because their decoder is not installed here."}
else:
    WITHOUT_DECODER = {}
    register_heif_opener()
    # "MPO" is Pillow's name for a JPEG with several images; Pillow detects it by itself.
    _UNKNOWN_TO_PILLOW = frozenset({"MPO"})

_FORMATS = tuple(name for name in IMAGES if name not in _UNKNOWN_TO_PILLOW)

MAX_PIXELS = 64_000_000
"""Largest number of pixels of one image: 256 MB when decoded, and larger than any platform serves."""
_MAX_TOTAL_PIXELS = 4 * MAX_PIXELS
_MAX_TIME_S = 10.0

_MODULES = ("Avif", "Bmp", "Gif", "Jpeg", "Mpo", "Png", "Tiff", "WebP")
"""Pillow's modules of the accepted formats; its other forty are imported for a file of no known format only."""


def load_decoders() -> None:
    """Import what opening an image of an accepted format imports."""
    Image.preinit()
    for name in _MODULES:
        import_module(f"PIL.{name}ImagePlugin")


def inspect_image(source: Path | BinaryIO) -> FileFacts:
    """Decode an image, or the first frames of an animation, and return its facts.

    Args:
        source: The file, or its content.

    Raises:
        FileRejectedError: The image is damaged, exceeds the limits, or has an unknown format.
    """
    with _reject_damage():
        with Image.open(source, formats=_FORMATS) as image:
            _check_size(image)
            image.verify()
        # Pillow requires that an image is opened again after verify().
        with Image.open(source, formats=_FORMATS) as image:
            size = _reduce(image)
            duration_ms = _decode(image)
            width, height = size or image.size
            media_type = IMAGES[str(image.format)]
            return FileFacts(
                mime_type=media_type.mime_type,
                extension=media_type.extension,
                width=width,
                height=height,
                duration_s=duration_ms / 1000 if duration_ms else None,
            )


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise FileRejectedError("The picture would unfold to more pixels than are allowed.")


def _reduce(image: Image.Image) -> tuple[int, int] | None:
    """Let a JPEG be decoded to an eighth of its size, and return its size; None for another format, which stays.

    libjpeg reads and checks the same bytes as for the whole picture, and finds the same damage in them: it only leaves
    out the pixels. A photo takes 60 % of the time, and 2 % of the memory.
    """
    if image.format != "JPEG":
        return None
    width, height = image.size
    image.draft(None, (max(1, width // 8), max(1, height // 8)))
    return width, height


def _decode(image: Image.Image) -> float:
    frames, pixels, duration_ms = 0, 0, 0.0
    deadline = time.monotonic() + _MAX_TIME_S
    for frame in ImageSequence.Iterator(image):
        _check_size(frame)
        frame.load()
        frames += 1
        pixels += frame.width * frame.height
        duration_ms += float(frame.info.get("duration") or 0)
        if pixels > _MAX_TOTAL_PIXELS or time.monotonic() > deadline:
            # The decoded frames are enough; the duration of the rest is unknown.
            return 0.0
    return duration_ms if frames > 1 else 0.0


@contextmanager
def _reject_damage() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRejectedError("The picture would unfold to more pixels than are allowed.") from error
    except UnidentifiedImageError as error:
        raise FileRejectedError("The picture's format is not supported.") from error
    except FileRejectedError:
        raise
    except Exception as error:
        raise FileRejectedError("The picture is damaged.") from error
