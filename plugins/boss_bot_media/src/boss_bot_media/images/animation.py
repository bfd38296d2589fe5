"""The decoded frames of an animation, and the file that hands them to ffmpeg, which does not read every format."""

import io
from pathlib import Path
from typing import Final

import attrs
from PIL import Image, ImageSequence

_READ_BY_FFMPEG: Final = frozenset({"GIF", "PNG"})


@attrs.frozen(kw_only=True)
class Animation:
    """The decoded frames of an animation.

    Attributes:
        frames: The frames, each of them whole, in mode RGBA.
        durations_ms: The duration of each frame.
        loop: Number of repetitions; 0 without end.
        profile: The color profile.
    """

    frames: tuple[Image.Image, ...]
    durations_ms: tuple[int, ...]
    loop: int
    profile: bytes | None


def read_animation(content: bytes) -> Animation:
    """Decode an animation.

    Raises:
        OSError: It is damaged.
    """
    frames, durations = [], []
    with Image.open(io.BytesIO(content)) as image:
        for frame in ImageSequence.Iterator(image):
            frames.append(frame.convert("RGBA"))
            durations.append(round(frame.info.get("duration", 0)))
        # A GIF without a number of repetitions is played once; for WebP, 1 means once and 0 means without end.
        loop = int(image.info.get("loop", 1 if image.format == "GIF" else 0))
        profile = image.info.get("icc_profile")
    return Animation(frames=tuple(frames), durations_ms=tuple(durations), loop=loop, profile=profile)


def write_readable(source: Path, content: bytes, format_name: str, directory: Path) -> Path:
    """Return the path of an animation that ffmpeg can read: the source itself, or an animated PNG of it.

    Args:
        source: The file.
        content: Its content.
        format_name: Pillow's name of its format.
        directory: Folder for a new file.

    Raises:
        OSError: The animation is damaged.
    """
    if format_name in _READ_BY_FFMPEG:
        return source
    animation = read_animation(content)
    path = directory / f"{source.stem}.png"
    first, *others = animation.frames
    durations_ms = list(animation.durations_ms)
    first.save(path, save_all=True, append_images=others, duration=durations_ms, compress_level=1)
    return path
