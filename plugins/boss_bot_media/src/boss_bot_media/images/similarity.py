"""SSIM, the structural similarity of two pictures, which tells how much of a picture an encoding destroyed.

Computed with Pillow alone, because NumPy would take more room than the whole plugin: on brightness, in squares of 8 by
8 pixels as video encoders do, in bands so that a large picture needs little memory.
"""

from collections.abc import Callable
from typing import Any, Final

from PIL import Image, ImageMath

_SQUARE: Final = 8
_BAND_ROWS: Final = 512
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
"""The constants of the definition, for values from 0 to 255."""


def measure_ssim(original: Image.Image, result: Image.Image) -> float:
    """Return the similarity of two pictures of one size: 1.0 for equal ones, about 0 for unrelated ones.

    Pictures smaller than 8 pixels in one direction have no square, and count as equal.
    """
    width, height = (length // _SQUARE * _SQUARE for length in original.size)
    if not width or not height:
        return 1.0
    total = 0.0
    for top in range(0, height, _BAND_ROWS):
        box = (0, top, width, min(top + _BAND_ROWS, height))
        total += _measure_band(_read_brightness(original, box), _read_brightness(result, box)) * (box[3] - top)
    return total / height


def _read_brightness(image: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    band = image.crop(box)
    if band.has_transparency_data:
        # What is invisible may differ: both pictures are seen on one background.
        band = Image.alpha_composite(Image.new("RGBA", band.size, "grey"), band.convert("RGBA"))
    return band.convert("L").convert("F")


def _measure_band(first: Image.Image, second: Image.Image) -> float:
    squares = _compute(
        _compare_squares,
        mean_a=first.reduce(_SQUARE),
        mean_b=second.reduce(_SQUARE),
        square_a=_compute(lambda v: v["a"] * v["a"], a=first).reduce(_SQUARE),
        square_b=_compute(lambda v: v["b"] * v["b"], b=second).reduce(_SQUARE),
        product=_compute(lambda v: v["a"] * v["b"], a=first, b=second).reduce(_SQUARE),
    )
    return float(squares.reduce(squares.size).getpixel((0, 0)))  # type: ignore[arg-type] # one value in mode F


def _compare_squares(v: dict[str, Any]) -> Any:  # noqa: ANN401 - the operands of ImageMath have no public type
    a, b = v["mean_a"], v["mean_b"]
    variances = v["square_a"] - a * a + v["square_b"] - b * b
    covariance = v["product"] - a * b
    return ((a * b * 2 + _C1) * (covariance * 2 + _C2)) / ((a * a + b * b + _C1) * (variances + _C2))


def _compute(formula: Callable[[dict[str, Any]], Any], **images: Image.Image) -> Image.Image:
    result: Image.Image = ImageMath.lambda_eval(formula, **images)
    return result
