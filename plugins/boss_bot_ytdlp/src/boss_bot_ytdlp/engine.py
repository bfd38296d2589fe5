"""yt-dlp as functions: the module that plugins for one of yt-dlp's sites build on.

The names in `__all__` are public; every other module of this package is private.
"""

from typing import cast

import attrs

from boss_bot_core.plugin import DownloadRequest, DownloadResult
from boss_bot_ytdlp import ENGINE, _download
from boss_bot_ytdlp._match import claim_link
from boss_bot_ytdlp._settings import YtdlpSettings
from boss_bot_ytdlp._warmup import warm_up

__all__ = ["ENGINE", "claim_link", "fetch", "warm_up"]


def fetch(request: DownloadRequest) -> DownloadResult:
    """Fetch the media behind the address of a request, with the extractor that its media key names.

    A process may call this once, because parts of yt-dlp are changed for one download.

    Raises:
        DownloadFailedError: The download failed; its type decides about a retry and about the next plugin.
    """
    # Another plugin has settings of its own; those of this plugin are its operator's for this plugin alone.
    settings = request.settings if isinstance(request.settings, YtdlpSettings) else YtdlpSettings()
    own = cast("DownloadRequest[YtdlpSettings]", attrs.evolve(request, settings=settings))
    return _download.download(own)
