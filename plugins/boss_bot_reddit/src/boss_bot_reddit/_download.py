"""The download of a post or a file."""

from pathlib import Path
from urllib.parse import urlsplit

import attrs
import imageio_ffmpeg

from boss_bot_core.plugin import DownloadRequest, DownloadResult, UnsupportedUrlError
from boss_bot_gallerydl.engine import fetch
from boss_bot_reddit._recipe import PostRecipe


def download(request: DownloadRequest) -> DownloadResult:
    """Fetch a post's media.

    Raises:
        DownloadFailedError: See `boss_bot_gallerydl.engine.fetch`.
    """
    if request.options.audio_only:
        raise UnsupportedUrlError("gallery-dl cannot take the sound out of a video.")
    if urlsplit(request.url).hostname == "v.redd.it":
        raise UnsupportedUrlError("gallery-dl does not know a video of Reddit by its address alone.")
    # Reddit keeps picture and sound apart: without ffmpeg there is no video with sound.
    ffmpeg = request.ffmpeg or Path(imageio_ffmpeg.get_ffmpeg_exe())
    request = attrs.evolve(request, ffmpeg=ffmpeg)
    return fetch(request, PostRecipe(request))
