"""Generators of ordinary media files: clips and tones encoded by ffmpeg, pictures drawn by Pillow.

A clip is a few kilobytes large and two seconds long. Numbered pictures differ, so that a test notices a mix-up.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from boss_bot_sandbox.site.media.ffmpeg import run_ffmpeg

FileGenerator = Callable[[Path, re.Match[str]], None]
"""Writes a file to a path; the match is that of the file's name with its pattern."""

SECONDS: Final = "2"
_TONE: Final = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100")
_H264: Final = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25")
_AAC: Final = ("-c:a", "aac", "-b:a", "64k")
_EXACT: Final = ("-t", SECONDS, "-fflags", "+bitexact", "-flags", "+bitexact")
_FAST_START: Final = ("-movflags", "+faststart")


def _pattern(width: str = "320", height: str = "180") -> tuple[str, ...]:
    return ("-f", "lavfi", "-i", f"testsrc2=size={width}x{height}:rate=25")


def _clip(path: Path, match: re.Match[str]) -> None:
    size = (match["width"] or "320", match["height"] or "180")
    run_ffmpeg(*_pattern(*size), *_TONE, *_H264, *_AAC, *_EXACT, *_FAST_START, path, cwd=path.parent)


def _silent(path: Path, match: re.Match[str]) -> None:
    size = (match["width"] or "320", match["height"] or "180")
    run_ffmpeg(*_pattern(*size), *_H264, *_EXACT, *_FAST_START, path, cwd=path.parent)


def _audio(path: Path, _: re.Match[str]) -> None:
    run_ffmpeg(*_TONE, *_AAC, *_EXACT, *_FAST_START, path, cwd=path.parent)


def _webm(path: Path, _: re.Match[str]) -> None:
    vp9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "100k")
    run_ffmpeg(*_pattern(), *_TONE, *vp9, "-c:a", "libopus", *_EXACT, path, cwd=path.parent)


def _mp3(path: Path, _: re.Match[str]) -> None:
    run_ffmpeg(*_TONE, "-c:a", "libmp3lame", "-b:a", "64k", *_EXACT, path, cwd=path.parent)


CLIPS: Final[tuple[tuple[str, FileGenerator], ...]] = (
    (r"clip(?:-(?P<width>\d{2,4})x(?P<height>\d{2,4}))?\.mp4", _clip),
    (r"silent(?:-(?P<width>\d{2,4})x(?P<height>\d{2,4}))?\.mp4", _silent),
    (r"audio\.m4a", _audio),
    (r"clip\.webm", _webm),
    (r"tone\.mp3", _mp3),
)
"""File name pattern -> generator of such a file."""


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


PICTURES: Final[tuple[tuple[str, FileGenerator], ...]] = (
    (r"photo(?:-(?P<number>\d{1,3}))?\.(?:jpg|png|webp)", _still),
    (r"animation\.gif", _animation),
)
"""File name pattern -> generator of such a file."""
