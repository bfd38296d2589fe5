"""yt-dlp's formats: sizes, codecs, heights, and two formats merged into one file."""

from typing import Any

from yt_dlp.utils import get_compatible_ext
from yt_dlp.utils._utils import _UnsafeExtensionError

from boss_bot_ytdlp._metadata import UNKNOWN_EXTENSION

Format = dict[str, Any]
"""One of yt-dlp's format dictionaries; a missing codec is unknown, the codec `none` means that there is none."""

Version = tuple[Format, ...]
"""The formats of one file: one format with everything, or a video and an audio to merge."""


_DEEP_H264 = ("avc1.6e", "avc1.7a", "avc1.f4", "avc3.6e", "avc3.7a", "avc3.f4")
"""H.264 with more than 8 bits or with more colour than 4:2:0, which phones and browsers do not show."""


def replace_unknown_extension(part: Format) -> None:
    """Replace an extension that yt-dlp refuses as a file name's, such as that of `get.php`: the content decides."""
    if str(part.get("ext")).lower() not in _UnsafeExtensionError.ALLOWED_EXTENSIONS:
        part["ext"] = UNKNOWN_EXTENSION


def estimate_size(version: Version) -> int | None:
    """Return the size in bytes, as the source or the bit rate tells it, or None."""
    sizes = [part.get("filesize") or part.get("filesize_approx") for part in version]
    return None if None in sizes else round(sum(size for size in sizes if size is not None))


def is_size_exact(version: Version) -> bool:
    """Return whether the source itself tells the size of every format."""
    return all(part.get("filesize") for part in version)


def has_video(part: Format) -> bool:
    """Return whether a format has video; an unknown codec counts as yes."""
    return part.get("vcodec") != "none"


def has_audio(part: Format) -> bool:
    """Return whether a format has audio; an unknown codec counts as yes."""
    return part.get("acodec") != "none"


def get_shorter_side(part: Format) -> int:
    """Return the video's shorter side in pixels (a phone's 720 by 1280 is "720"), 0 if it is unknown."""
    return int(min(part.get("width") or part.get("height") or 0, part.get("height") or 0))


def is_h264(part: Format) -> bool:
    """Return whether the video is H.264, which every player supports; an MP4 with an unknown codec counts as H.264."""
    codec = part.get("vcodec")
    if codec is None:
        return part.get("ext") in {"mp4", "m4v", "mov"}
    return str(codec).startswith(("avc", "h264")) and not str(codec).lower().startswith(_DEEP_H264)


def rank_video(part: Format, *, prefers_h264: bool) -> tuple[bool, bool, int, int]:
    """Return a sort key, best last: by dynamic range, H.264 if it is preferred, height, and codec.

    A high dynamic range looks pale on most screens. Of equally tall videos, more players show H.264 than VP8 and VP9,
    and fewer show anything else.
    """
    is_hdr = part.get("dynamic_range") not in {None, "SDR"}
    is_vpx = str(part.get("vcodec")).startswith(("vp8", "vp9", "vp08", "vp09"))
    return not is_hdr, prefers_h264 and is_h264(part), get_shorter_side(part), 2 * is_h264(part) + is_vpx


def rank_audio(video: Format, audio: Format) -> tuple[int, bool]:
    """Return a sort key of `audio` for `video`: by language, then AAC for H.264 and Opus for other codecs."""
    is_aac = str(audio.get("acodec")).startswith(("mp4a", "aac")) or audio.get("ext") == "m4a"
    return audio.get("language_preference") or -1, is_aac == is_h264(video)


def merge_formats(version: Version) -> Format:
    """Return a video and an audio as one format, which yt-dlp downloads in two parts and merges with ffmpeg."""
    video, audio = version
    # An MP4 with an unknown codec counts as AAC, as it counts as H.264 above.
    audio_codec = audio.get("acodec") or ("mp4a" if audio["ext"] in {"mp4", "m4a"} else None)
    extension = get_compatible_ext(
        vcodecs=[video.get("vcodec")],
        acodecs=[audio_codec],
        vexts=[video["ext"]],
        aexts=[audio["ext"]],
        preferences=("mp4", "webm", "mkv"),
    )
    return {
        "requested_formats": list(version),
        "format_id": f"{video['format_id']}+{audio['format_id']}",
        "format": f"{video.get('format')}+{audio.get('format')}",
        "protocol": f"{video['protocol']}+{audio['protocol']}",
        "ext": extension,
        "width": video.get("width"),
        "height": video.get("height"),
        "vcodec": video.get("vcodec"),
        "acodec": audio.get("acodec"),
    }
