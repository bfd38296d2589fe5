"""yt-dlp as functions: the module that plugins for one of yt-dlp's sites build on.

The names in `__all__` are public; every other module of this package is private.
"""

from boss_bot_core.plugin import DownloadRequest, DownloadResult
from boss_bot_ytdlp import ENGINE, _download
from boss_bot_ytdlp._match import claim_link
from boss_bot_ytdlp._warmup import warm_up

__all__ = ["ENGINE", "claim_link", "fetch", "warm_up"]


def fetch(request: DownloadRequest) -> DownloadResult:
    """Fetch the media behind the address of a request, with the extractor that its media key names.

    A process may call this once, because parts of yt-dlp are changed for one download.

    Raises:
        DownloadFailedError: The download failed; its type decides about a retry and about the next plugin.
    """
    return _download.download(request)
