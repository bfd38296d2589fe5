"""Probes the media properties of an uploaded file: type, size in pixels and duration.

Probing blocks and can be slow, so callers run it in a thread.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path

import av
from PIL import Image, UnidentifiedImageError

from boss_bot_sandbox.discord.model.attachment import MediaFacts

# Python 3.11's table does not contain them, and Debian's /etc/mime.types may be missing.
_TYPES = {
    ".webp": "image/webp",
    ".m4a": "audio/mp4",
    ".mkv": "video/x-matroska",
    ".opus": "audio/ogg",
    ".avif": "image/avif",
}


def probe_media(filename: str, path: Path) -> MediaFacts:
    """Return the media properties of a file; a damaged file has a type only.

    Args:
        filename: The name in the message, which determines the type, as on Discord.
        path: The stored file.
    """
    suffix = Path(filename).suffix.lower()
    content_type = _TYPES.get(suffix) or mimetypes.guess_type(filename.lower())[0] or "application/octet-stream"
    if content_type.startswith("image/"):
        return _probe_image(content_type, path)
    if content_type.startswith(("video/", "audio/")):
        return _probe_stream(content_type, path)
    return MediaFacts(content_type=content_type)


def _probe_image(content_type: str, path: Path) -> MediaFacts:
    try:
        with Image.open(path) as image:
            return MediaFacts(content_type=content_type, width=image.width, height=image.height)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return MediaFacts(content_type=content_type)


def _probe_stream(content_type: str, path: Path) -> MediaFacts:
    try:
        with av.open(str(path)) as container:
            duration_s = container.duration / av.time_base if container.duration else None
            if not container.streams.video:
                return MediaFacts(content_type=content_type, duration_s=duration_s)
            picture = container.streams.video[0].codec_context
            return MediaFacts(
                content_type=content_type, width=picture.width, height=picture.height, duration_s=duration_s
            )
    except (av.FFmpegError, OSError):
        return MediaFacts(content_type=content_type)
