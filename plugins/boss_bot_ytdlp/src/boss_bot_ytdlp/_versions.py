"""What yt-dlp tells of a video's versions: sizes, codecs, heights, and two formats taken together as one file."""

from typing import Any

from yt_dlp.utils import get_compatible_ext

Format = dict[str, Any]
"""One of yt-dlp's format dictionaries; a missing codec means unknown, the codec `none` means there is none."""

Version = tuple[Format, ...]
"""What makes up one file: a format with everything, or a picture and a sound to join."""


def size_of(version: Version) -> int | None:
    """Return the size in bytes, as the source tells it or as the bit rate lets guess, else None."""
    sizes = [part.get("filesize") or part.get("filesize_approx") for part in version]
    return None if None in sizes else round(sum(size for size in sizes if size is not None))


def is_exact(version: Version) -> bool:
    """Tell whether the source itself told every size."""
    return all(part.get("filesize") for part in version)


def has_picture(part: Format) -> bool:
    """Tell whether a format has a picture; unknown counts as yes."""
    return part.get("vcodec") != "none"


def has_sound(part: Format) -> bool:
    """Tell whether a format has sound; unknown counts as yes."""
    return part.get("acodec") != "none"


def lines(part: Format) -> int:
    """Return the picture's shorter side in pixels (a phone's 720 by 1280 is "720"), 0 when unknown."""
    return int(min(part.get("width") or part.get("height") or 0, part.get("height") or 0))


def plays_everywhere(part: Format) -> bool:
    """Tell whether the picture is H.264; an MP4 that says nothing of its codec is taken for one."""
    codec = part.get("vcodec")
    if codec is None:
        return part.get("ext") in {"mp4", "m4v", "mov"}
    return str(codec).startswith(("avc", "h264"))


def suits(picture: Format, sound: Format) -> tuple[int, bool]:
    """Rank `sound` for `picture`: the language first, then AAC beside H.264 and Opus beside the rest."""
    is_aac = str(sound.get("acodec")).startswith(("mp4a", "aac")) or sound.get("ext") == "m4a"
    return sound.get("language_preference") or -1, is_aac == plays_everywhere(picture)


def joined(version: Version) -> Format:
    """Return a picture and a sound as the one format that yt-dlp downloads in parts and lets ffmpeg join."""
    picture, sound = version
    extension = get_compatible_ext(
        vcodecs=[picture.get("vcodec")],
        acodecs=[sound.get("acodec")],
        vexts=[picture["ext"]],
        aexts=[sound["ext"]],
        preferences=("mp4", "webm", "mkv"),
    )
    return {
        "requested_formats": list(version),
        "format_id": f"{picture['format_id']}+{sound['format_id']}",
        "format": f"{picture.get('format')}+{sound.get('format')}",
        "protocol": f"{picture['protocol']}+{sound['protocol']}",
        "ext": extension,
        "width": picture.get("width"),
        "height": picture.get("height"),
        "vcodec": picture.get("vcodec"),
        "acodec": sound.get("acodec"),
    }
