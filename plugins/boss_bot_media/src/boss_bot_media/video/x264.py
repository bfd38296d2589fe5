"""ffmpeg's arguments for the picture of a result: the source's first picture, filtered, and encoded by x264."""

from pathlib import Path

from boss_bot_media.conversion import Conversion
from boss_bot_media.targets import PictureTarget
from boss_bot_media.video.filters import build_filters


def list_input_arguments(conversion: Conversion) -> list[str | Path]:
    """Return the arguments for the source; a playlist in it cannot name another address."""
    return ["-protocol_whitelist", "file,pipe", "-i", conversion.source]


def list_picture_arguments(conversion: Conversion, picture: PictureTarget) -> list[str]:
    """Return the arguments for the encoded picture, without its rate."""
    filters = build_filters(conversion.track, picture, conversion.conditions.tools)
    return ["-map", "0:v:0", "-vf", filters, "-c:v", "libx264", "-preset", picture.preset, "-profile:v", "high"]


def list_pass_arguments(conversion: Conversion, number: int) -> list[str]:
    """Return the arguments for the first or the second pass of two."""
    return ["-pass", str(number), "-passlogfile", str(conversion.directory / "pass")]
