"""The program that draws a bar chart: reads it as JSON from standard input, and writes a PNG to standard output."""

import json
import sys
from typing import Any

from PIL import Image, ImageDraw, ImageFont

_WIDTH = 720
_MARGIN = 20
_ROW = 34
_LABEL_WIDTH = 190
_TEXT_WIDTH = 100
_BACKGROUND, _FOREGROUND, _BAR = "#2b2d31", "#f2f3f5", "#5865f2"


def main() -> None:
    """Draw one chart."""
    chart = json.load(sys.stdin)
    _draw(chart["title"], chart["bars"]).save(sys.stdout.buffer, "PNG", optimize=True)


def _draw(title: str, bars: list[dict[str, Any]]) -> Image.Image:
    picture = Image.new("RGB", (_WIDTH, 2 * _MARGIN + _ROW * (len(bars) + 1)), _BACKGROUND)
    canvas = ImageDraw.Draw(picture)
    canvas.text((_MARGIN, _MARGIN), title, fill=_FOREGROUND, font=ImageFont.load_default(20))
    font = ImageFont.load_default(16)
    most = max((bar["value"] for bar in bars), default=0) or 1
    left, room = _MARGIN + _LABEL_WIDTH, _WIDTH - 2 * _MARGIN - _LABEL_WIDTH - _TEXT_WIDTH
    for row, bar in enumerate(bars, start=1):
        top = _MARGIN + row * _ROW
        canvas.text((_MARGIN, top + 6), _shorten(bar["label"], font), fill=_FOREGROUND, font=font)
        right = left + max(2, round(room * bar["value"] / most))
        canvas.rectangle((left, top + 4, right, top + _ROW - 6), fill=_BAR)
        canvas.text((right + 8, top + 6), bar["text"], fill=_FOREGROUND, font=font)
    return picture


def _shorten(label: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> str:
    room = _LABEL_WIDTH - 10
    while font.getlength(label) > room:
        label = f"{label[:-2]}…" if label.endswith("…") else f"{label[:-1]}…"
    return label


if __name__ == "__main__":
    main()
