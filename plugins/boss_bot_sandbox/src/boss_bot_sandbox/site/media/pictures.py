"""Still and animated pictures, drawn by Pillow; numbered ones differ, so that a swap is noticed."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

Recipe = Callable[[Path, re.Match[str]], None]


def _draw(number: int, size: tuple[int, int] = (320, 240)) -> Image.Image:
    hue = number * 47 % 256
    picture = Image.new("RGB", size, (hue, 255 - hue, number * 91 % 256))
    pen = ImageDraw.Draw(picture)
    for row in range(0, size[1], 16):
        pen.line((0, row, size[0], size[1] - row), fill=(row % 256, hue, 128), width=3)
    return picture


def _still(path: Path, match: re.Match[str]) -> None:
    _draw(int(match["number"] or 0)).save(path)


def _animation(path: Path, _: re.Match[str]) -> None:
    first, *others = (_draw(number, (160, 120)) for number in range(8))
    first.save(path, save_all=True, append_images=others, duration=120, loop=0)


PICTURES: Final[tuple[tuple[str, Recipe], ...]] = (
    (r"photo(?:-(?P<number>\d{1,3}))?\.(?:jpg|png|webp)", _still),
    (r"animation\.gif", _animation),
)
"""File name pattern -> how such a file is made."""
