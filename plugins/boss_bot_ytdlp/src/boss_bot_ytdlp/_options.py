"""yt-dlp's options for one download, and the operator's cookies.

Nothing is read from home directories, config files or browsers. Timeouts are short and retries few: the queue retries a
whole download later, so the engine only bridges short interruptions.
"""

import logging
from collections.abc import Callable
from http.cookiejar import CookieJar, LoadError, MozillaCookieJar
from pathlib import Path
from typing import Any, Final

from boss_bot_core.plugin import AuthRequiredError, DownloadRequest
from boss_bot_ytdlp._settings import YtdlpSettings, split_arguments

_FILE_TEMPLATE: Final = "media-%(autonumber)03d.%(format_id)s.%(ext)s"
"""The plugin's own file names, the same in every attempt at one format, so that yt-dlp finds its `.part` file."""

_SOCKET_TIMEOUT_S: Final = 15
_BUFFER_BYTES: Final = 256 * 1024
_RETRIES: Final = 2

Hook = Callable[[dict[str, Any]], None]


class DebugLogger:
    """Logs yt-dlp's output at debug level; a worker has no terminal."""

    _log = logging.getLogger("boss_bot_ytdlp")

    def debug(self, message: str) -> None:
        """Log one line of output."""
        self._log.debug("%s", message)

    # yt-dlp also raises its errors, so their messages need no higher level.
    warning = error = info = debug


def _get_retry_pause_s(n: int) -> float:
    return min(0.5 * (n + 1), 4.0)


def build_options(request: DownloadRequest[YtdlpSettings], *, on_progress: Hook, on_processing: Hook) -> dict[str, Any]:
    """Return the parameters of `YoutubeDL`; the engine adds the format selection and the entry filter."""
    return {
        "logger": DebugLogger(),
        "quiet": True,
        "noprogress": True,
        "color": "no_color",
        # Files: their directory and names; an earlier attempt's parts are resumed, its finished files kept.
        "paths": {"home": str(request.directory)},
        "outtmpl": {"default": _FILE_TEMPLATE},
        "restrictfilenames": True,
        "trim_file_name": 100,
        "continuedl": True,
        "overwrites": None,
        "updatetime": False,
        "cachedir": False,
        # Network: the proxy, timeouts and retries.
        "proxy": request.proxy_url,
        "socket_timeout": _SOCKET_TIMEOUT_S,
        "retries": _RETRIES,
        "fragment_retries": _RETRIES,
        "extractor_retries": 1,
        "file_access_retries": 1,
        "retry_sleep_functions": dict.fromkeys(("http", "fragment", "extractor"), _get_retry_pause_s),
        "buffersize": _BUFFER_BYTES,
        "noresizebuffer": True,
        "geo_bypass": False,
        # Media: one complete video; yt-dlp itself, not ffmpeg, fetches the segments.
        "noplaylist": True,
        "skip_unavailable_fragments": False,
        # "force" also repackages a file that an earlier attempt finished before it was killed.
        "fixup": "force",
        "external_downloader": {"default": "native"},
        "compat_opts": {"manifest-filesize-approx"},
        # Any runtime that the machine has: the worker's confinement limits what it may do.
        "js_runtimes": {name: {} for name in ("deno", "node", "bun", "quickjs")},
        # Without a path, yt-dlp would search for a program that the worker may not start.
        "ffmpeg_location": str(request.ffmpeg or request.directory / "no-ffmpeg"),
        "postprocessors": [{"key": "FFmpegExtractAudio"}] if request.options.audio_only and request.ffmpeg else [],
        "extractor_args": split_arguments(request.settings.extractor_args),
        "progress_hooks": [on_progress],
        "postprocessor_hooks": [on_processing],
    }


def load_cookies(path: Path, jar: CookieJar) -> None:
    """Load the cookies of a file in Netscape format into `jar`.

    yt-dlp is not given the file itself: it would write the file back at the end, and print unreadable lines, which are
    secrets, into a log.

    Raises:
        AuthRequiredError: The file cannot be read; the error's message has nothing of its content.
    """
    file_jar = MozillaCookieJar()
    try:
        file_jar.load(str(path), ignore_discard=True, ignore_expires=True)
    except (OSError, LoadError, ValueError):
        # The original message quotes the unreadable line.
        raise AuthRequiredError("The bot's cookies for this site cannot be read.") from None
    for cookie in file_jar:
        if cookie.expires == 0:
            # Browsers export 0 for a session cookie, which Python reads as an expired cookie.
            cookie.expires, cookie.discard = None, True
        jar.set_cookie(cookie)
