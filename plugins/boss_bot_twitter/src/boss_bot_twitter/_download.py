"""The download of a post."""

import attrs

from boss_bot_core.plugin import DownloadRequest, DownloadResult, SkippedFile, UnsupportedUrlError
from boss_bot_gallerydl.engine import fetch
from boss_bot_twitter._recipe import PostRecipe


def download(request: DownloadRequest) -> DownloadResult:
    """Fetch a post's media.

    Raises:
        DownloadFailedError: See `boss_bot_gallerydl.engine.fetch`.
    """
    if request.options.audio_only:
        raise UnsupportedUrlError("gallery-dl cannot take the sound out of a video.")
    recipe = PostRecipe(request)
    result = fetch(request, recipe)
    if request.options.whole_thread and not recipe.logged_in:
        later = SkippedFile(name="Later posts of the thread", reason="X shows them only after a login.")
        return attrs.evolve(result, skipped=(*result.skipped, later))
    return result
