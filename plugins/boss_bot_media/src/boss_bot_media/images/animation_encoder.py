"""The encoder of animations as animated WebP, for formats that Discord does not show, and for transparent ones."""

import io
import math
from typing import Final

import attrs
from PIL import Image

from boss_bot_media.images.animation import Animation, read_animation
from boss_bot_media.images.similarity import measure_ssim

_QUALITIES: Final = (80, 70, 60, 50, 40)
_METHOD: Final = 2
"""Effort of the encoder: higher ones take several times as long for some percent."""
_LEAST_LENGTH: Final = 120
"""Pixels of the longer side below which an animation is given up."""
_STEP: Final = 0.75


def encode_animation(content: bytes, limit_bytes: int, lowest_ssim: float) -> bytes | None:
    """Return an animation as WebP with the same frames, durations and repetitions; None when it does not fit.

    Args:
        content: The file.
        limit_bytes: Largest size of the result.
        lowest_ssim: Least similarity of the first frame; where it is not reached, the animation gets fewer pixels.

    Raises:
        OSError: The animation is damaged.
    """
    animation = read_animation(content)
    length, scale = max(animation.frames[0].size), 1.0
    while scale == 1.0 or length * scale >= _LEAST_LENGTH:
        resized = _resize(animation, scale)
        size_bytes = 0
        for quality in _QUALITIES:
            result = _encode(resized, quality)
            size_bytes = len(result)
            if size_bytes <= limit_bytes:
                if _looks_like(resized.frames[0], result, lowest_ssim):
                    return result
                break
            if size_bytes > 2 * limit_bytes:
                break  # lower qualities do not save half
        scale *= min(_STEP, math.sqrt(limit_bytes / size_bytes))
    return None


def _resize(animation: Animation, scale: float) -> Animation:
    if scale == 1.0:
        return animation
    size = tuple(max(1, round(length * scale)) for length in animation.frames[0].size)
    return attrs.evolve(animation, frames=tuple(frame.resize((size[0], size[1])) for frame in animation.frames))


def _encode(animation: Animation, quality: int) -> bytes:
    file = io.BytesIO()
    animation.frames[0].save(
        file,
        "WEBP",
        save_all=True,
        append_images=animation.frames[1:],
        duration=list(animation.durations_ms),
        loop=animation.loop,
        quality=quality,
        method=_METHOD,
        icc_profile=animation.profile or b"",
    )
    return file.getvalue()


def _looks_like(first: Image.Image, result: bytes, lowest_ssim: float) -> bool:
    with Image.open(io.BytesIO(result)) as image:
        return measure_ssim(first, image) >= lowest_ssim
