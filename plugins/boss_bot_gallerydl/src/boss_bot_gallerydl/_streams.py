"""Options of gallery-dl's yt-dlp downloader, which fetches segmented streams and merges picture and sound."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from boss_bot_core.plugin import DownloadRequest
from boss_bot_gallerydl._options import RETRIES, TIMEOUT_S


def stream_options(
    request: DownloadRequest, bundle: Path | None, video_format: object
) -> Mapping[tuple[str, ...], object]:
    """Return the options.

    Args:
        request: The download.
        bundle: Certificate authorities to trust, when it is not the usual ones alone.
        video_format: yt-dlp's `format`.
    """
    raw: dict[str, Any] = {
        "buffersize": 262_144,
        "cachedir": False,
        "extractor_retries": 0,
        "format": video_format,
        "fragment_retries": RETRIES,
        "merge_output_format": "mp4",
        "noplaylist": True,
        "noprogress": True,
        "noresizebuffer": True,
    }
    if request.ffmpeg is not None:
        raw["ffmpeg_location"] = str(request.ffmpeg)
    if bundle is not None:
        # yt-dlp looks at this variable only when it is told to leave certifi alone.
        os.environ["SSL_CERT_FILE"] = str(bundle)
        raw["compat_opts"] = {"no-certifi"}
    return {
        ("downloader", "ytdl", "raw-options"): raw,
        ("downloader", "ytdl", "retries"): RETRIES,
        ("downloader", "ytdl", "timeout"): TIMEOUT_S,
    }
