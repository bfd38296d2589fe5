"""yt-dlp's options for one download: nothing from homes, config files or browsers, short timeouts, few retries.

The queue retries a whole download later; the engine only rides out a hiccup.
"""

import logging
from collections.abc import Callable
from typing import Any, Final

from boss_bot_core.plugin import DownloadRequest

FILE_TEMPLATE: Final = "media-%(autonumber)03d.%(format_id)s.%(ext)s"
"""Our own names, the same in every attempt at the same format: that is how a `.part` file is found again."""

SOCKET_TIMEOUT_S: Final = 15
BUFFER_BYTES: Final = 256 * 1024
_FEW: Final = 2

Hook = Callable[[dict[str, Any]], None]


class QuietLog:
    """Takes what yt-dlp would print; a worker has no terminal."""

    _log = logging.getLogger("boss_bot_ytdlp")

    def debug(self, message: str) -> None:
        """Note progress and details."""
        self._log.debug("%s", message)

    # An error is raised as well: saying it twice helps nobody.
    warning = error = info = debug


def _pause_s(n: int) -> float:
    return min(0.5 * (n + 1), 4.0)


def options_for(request: DownloadRequest, *, on_progress: Hook, on_processing: Hook) -> dict[str, Any]:
    """Return the parameters of `YoutubeDL`; choosing formats and filtering entries is added by the engine."""
    return {
        "logger": QuietLog(),
        "quiet": True,
        "noprogress": True,
        "color": "no_color",
        # Where to, under which names; what an earlier attempt left is continued, what it finished is kept.
        "paths": {"home": str(request.directory)},
        "outtmpl": {"default": FILE_TEMPLATE},
        "restrictfilenames": True,
        "trim_file_name": 100,
        "continuedl": True,
        "overwrites": None,
        "updatetime": False,
        "cachedir": False,
        # The network: the proxy, and our patience.
        "proxy": request.proxy_url,
        "socket_timeout": SOCKET_TIMEOUT_S,
        "retries": _FEW,
        "fragment_retries": _FEW,
        "extractor_retries": 1,
        "file_access_retries": 1,
        "retry_sleep_functions": dict.fromkeys(("http", "fragment", "extractor"), _pause_s),
        "buffersize": BUFFER_BYTES,
        "noresizebuffer": True,
        "geo_bypass": False,
        # What to take: one video, whole or not at all, segments by yt-dlp itself rather than by ffmpeg.
        "noplaylist": True,
        "skip_unavailable_fragments": False,
        # Also for a file that an earlier attempt finished, and did not live to repackage.
        "fixup": "force",
        "external_downloader": {"default": "native"},
        "compat_opts": {"manifest-filesize-approx"},
        # Whichever runtime the machine has: what it may do is the worker's confinement's business.
        "js_runtimes": {name: {} for name in ("deno", "node", "bun", "quickjs")},
        "ffmpeg_location": None if request.ffmpeg is None else str(request.ffmpeg),
        "postprocessors": [{"key": "FFmpegExtractAudio"}] if request.options.audio_only else [],
        "progress_hooks": [on_progress],
        "postprocessor_hooks": [on_processing],
    }
