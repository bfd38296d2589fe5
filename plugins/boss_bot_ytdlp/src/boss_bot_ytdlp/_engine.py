"""yt-dlp itself, made to measure for one download: only the extractors it needs, our trust, our choice, our limits."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from yt_dlp import YoutubeDL

from boss_bot_core.plugin import Described, DownloadRequest, NothingFoundError, SkippedFile
from boss_bot_ytdlp._causes import causes_of
from boss_bot_ytdlp._choice import VersionChoice
from boss_bot_ytdlp._content import check_arrived
from boss_bot_ytdlp._cookies import read_cookies
from boss_bot_ytdlp._extractors import extractor_for, extractors
from boss_bot_ytdlp._metadata import media_info
from boss_bot_ytdlp._meter import Meter
from boss_bot_ytdlp._options import options_for
from boss_bot_ytdlp._posts import check_finished, limit_items
from boss_bot_ytdlp._refusals import verdict_behind
from boss_bot_ytdlp._trust import RequestDirector, Trust

Info = dict[str, Any]


_DEEPEST: Final = 6
"""Links behind links that are followed: a Reddit gallery's leads back to itself."""


class Engine(YoutubeDL):  # type: ignore[misc]  # yt-dlp ships no types
    """A `YoutubeDL` for one request.

    Args:
        request: The request.

    Attributes:
        skipped: What of the post was left out.
        wire_error: Why the latest HTTP request failed, None when it did not: yt-dlp forgets it when it gives up.
    """

    def __init__(self, request: DownloadRequest) -> None:
        self._request = request
        self._trust = Trust(request.ca_file)
        self._trust.export(request.directory)
        self._meter = Meter(request)
        self._described = False
        self._depth = 0
        self.skipped: tuple[SkippedFile, ...] = ()
        self.wire_error: Exception | None = None
        options = options_for(request, on_progress=self._meter.on_progress, on_processing=self._meter.on_processing)
        choice = VersionChoice(request, self._meter.expect)
        super().__init__({**options, "format": choice, "match_filter": self._take}, auto_init=False)
        if request.cookies_file is not None:
            read_cookies(request.cookies_file, self.cookiejar)

    def allow(self, keys: Iterable[str]) -> None:
        """Let the extractors with these keys be used; a key that is none of ours stays unknown to yt-dlp."""
        for key in keys:
            if key not in self._ies and key in extractors():
                self.add_info_extractor(extractors()[key])

    # The next two keep yt-dlp's signatures: it calls them itself for the links inside a result.
    def extract_info(self, url: str, download: bool = True, ie_key: str | None = None, **rest: object) -> Info | None:  # noqa: FBT001, FBT002 - see above
        """Extract with the first extractor that matches `url`, or with the one of that key."""
        key = ie_key or extractor_for(url).ie_key()
        self.allow([key])
        result: Info | None = super().extract_info(url, download, key, **rest)
        return result

    def process_ie_result(self, ie_result: Info, download: bool = True, extra_info: Info | None = None) -> Info | None:  # noqa: FBT001, FBT002 - see above
        """Bound what yt-dlp goes through: a result of several entries, and links behind links."""
        if self._depth == _DEEPEST:
            raise NothingFoundError("The link leads from page to page, and to no video, sound or picture.")
        if ie_result.get("_type") in {"playlist", "multi_video"}:
            self.skipped += limit_items(ie_result)
            self._meter.file_count = len(ie_result["entries"])
        self._depth += 1
        try:
            result: Info | None = super().process_ie_result(ie_result, download, extra_info)
        finally:
            self._depth -= 1
        return result

    def urlopen(self, req: object) -> object:
        """Open an address; a refusal by our own rules ends the download at once, without retries."""
        try:
            response: object = super().urlopen(req)
        except Exception as error:
            self.wire_error = error
            if verdict := verdict_behind(causes_of(error)):
                raise verdict from error
            raise
        self.wire_error = None
        return response

    def post_process(self, filename: str, info: Info, files_to_move: Info | None = None) -> Info:
        """Look at what arrived before ffmpeg does: it would follow whatever a list of segments names."""
        for path in info.get("__files_to_merge") or [filename]:
            check_arrived(Path(path))
        result: Info = super().post_process(filename, info, files_to_move)
        return result

    def close(self) -> None:
        """Let go of connections and of what was only needed meanwhile."""
        super().close()
        self._trust.close()

    def build_request_director(self, handlers: Iterable[object], preferences: object = None) -> RequestDirector:
        """Make every request handler use our authorities."""
        director: RequestDirector = super().build_request_director(handlers, preferences)
        self._trust.attach(director)
        return director

    def _take(self, info: Info, *, incomplete: object) -> None:
        check_finished(info)
        # Called several times per video, and for entries of which nothing is known yet.
        if incomplete is not True and not self._described:
            self._described = True
            self._request.report(Described(media=media_info(info)))
