"""The download of a site that no other plugin claims."""

from boss_bot_core.plugin import DownloadRequest, DownloadResult, UnsupportedUrlError
from boss_bot_gallerydl.engine import Recipe, fetch


def download(request: DownloadRequest) -> DownloadResult:
    """Fetch with the general recipe.

    Raises:
        DownloadFailedError: See `boss_bot_gallerydl.engine.fetch`.
    """
    if request.options.audio_only:
        raise UnsupportedUrlError("gallery-dl cannot take the sound out of a video.")
    return fetch(request, Recipe(request))
