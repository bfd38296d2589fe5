"""Options of gallery-dl's yt-dlp downloader, which fetches segmented streams and merges picture and sound."""

import os
from pathlib import Path
from typing import Any

from boss_bot_gallerydl._options import RETRIES, TIMEOUT_S
from boss_bot_gallerydl.recipe import Options, Recipe


def stream_options(recipe: Recipe, bundle: Path | None) -> Options:
    """Return the options.

    Args:
        recipe: The download's recipe.
        bundle: Certificate authorities to trust, when it is not the usual ones alone.
    """
    raw: dict[str, Any] = {
        "buffersize": 262_144,
        "cachedir": False,
        "extractor_retries": 0,
        "format": recipe.video_format,
        "fragment_retries": RETRIES,
        "merge_output_format": "mp4",
        "noplaylist": True,
        "noprogress": True,
        "noresizebuffer": True,
    }
    if recipe.request.ffmpeg is not None:
        raw["ffmpeg_location"] = str(recipe.request.ffmpeg)
    if recipe.stream_extractors is not None:
        raw["allowed_extractors"] = list(recipe.stream_extractors)
    if bundle is not None:
        # yt-dlp looks at this variable only when it is told to leave certifi alone.
        os.environ["SSL_CERT_FILE"] = str(bundle)
        raw["compat_opts"] = {"no-certifi"}
    return {
        ("downloader", "ytdl", "raw-options"): raw,
        ("downloader", "ytdl", "retries"): RETRIES,
        ("downloader", "ytdl", "timeout"): TIMEOUT_S,
    }
