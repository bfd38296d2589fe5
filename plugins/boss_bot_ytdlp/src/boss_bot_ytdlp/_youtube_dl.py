"""`Engine`: yt-dlp's downloader for one request, with the plugin's own extractors, authorities, formats and limits."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from yt_dlp import YoutubeDL

from boss_bot_core.plugin import Described, DownloadRequest, NothingFoundError, SkippedFile
from boss_bot_ytdlp._certificates import CertificateAuthorities, RequestDirector
from boss_bot_ytdlp._entries import limit_entries, refuse_live_stream
from boss_bot_ytdlp._extractors import find_extractor, load_extractors
from boss_bot_ytdlp._format_selector import FormatSelector
from boss_bot_ytdlp._http_errors import find_proxy_refusal, iterate_causes
from boss_bot_ytdlp._metadata import Info, build_media_info
from boss_bot_ytdlp._options import build_options, load_cookies
from boss_bot_ytdlp._part_requests import PartRequests
from boss_bot_ytdlp._progress import ProgressReporter
from boss_bot_ytdlp._result import check_file
from boss_bot_ytdlp._settings import YtdlpSettings

_MAX_DEPTH: Final = 6
"""Maximum number of links behind links that are followed: the link of a Reddit gallery leads back to the gallery."""


class Engine(YoutubeDL):  # type: ignore[misc]  # yt-dlp ships no types
    """A `YoutubeDL` for one request.

    Args:
        request: The download request.

    Attributes:
        part_requests: Sends the requests of files, and knows whether one was resumed.
        skipped: Entries of the post that are not fetched.
        request_error: Exception of the latest HTTP request, which yt-dlp drops when it gives up; None if it succeeded.
    """

    def __init__(self, request: DownloadRequest[YtdlpSettings]) -> None:
        self._request, self._authorities = request, CertificateAuthorities(request.ca_file)
        self._authorities.export(request.directory)
        self.part_requests = PartRequests()
        self._is_described, self._depth = False, 0
        self.skipped: tuple[SkippedFile, ...] = ()
        self.request_error: Exception | None = None
        progress = self._progress = ProgressReporter(request)
        options = build_options(request, on_progress=progress.on_progress, on_processing=progress.on_processing)
        options |= {"format": FormatSelector(request, progress.start_file), "match_filter": self._filter_entry}
        super().__init__(options, auto_init=False)
        if request.cookies_file is not None:
            load_cookies(request.cookies_file, self.cookiejar)

    def add_extractors(self, keys: Iterable[str]) -> None:
        """Make the extractors with these keys available; unknown keys are ignored."""
        for key in keys:
            if key not in self._ies and key in load_extractors():
                self.add_info_extractor(load_extractors()[key])

    # The next two methods keep yt-dlp's signatures: yt-dlp calls them itself for the links inside a result.
    def extract_info(self, url: str, download: bool = True, ie_key: str | None = None, **rest: object) -> Info | None:  # noqa: FBT001, FBT002 - see above
        """Extract with the extractor of that key, or else with the first one that matches `url`."""
        key = ie_key or find_extractor(url).ie_key()
        self.add_extractors([key])
        result: Info | None = super().extract_info(url, download, key, **rest)
        return result

    def process_ie_result(self, ie_result: Info, download: bool = True, extra_info: Info | None = None) -> Info | None:  # noqa: FBT001, FBT002 - see above
        """Limit the number of entries and the depth of links that yt-dlp processes.

        Raises:
            NothingFoundError: The links are nested too deeply.
            UnsupportedUrlError: The result is a playlist.
        """
        if self._depth == _MAX_DEPTH:
            raise NothingFoundError("The link leads from page to page, and to no video or sound.")
        if ie_result.get("_type") in {"playlist", "multi_video"}:
            self.skipped += limit_entries(ie_result)
            self._progress.file_count = len(ie_result["entries"])
        self._depth += 1
        try:
            result: Info | None = super().process_ie_result(ie_result, download, extra_info)
        finally:
            self._depth -= 1
        return result

    def urlopen(self, req: object) -> object:
        """Open an address; a refusal of the egress proxy ends the download at once, without retries."""
        try:
            response: object = self.part_requests.send(req, super().urlopen)
        except Exception as error:
            self.request_error = error
            if refusal := find_proxy_refusal(iterate_causes(error)):
                raise refusal from error
            raise
        self.request_error = None
        return response

    def post_process(self, filename: str, info: Info, files_to_move: Info | None = None) -> Info:
        """Check the files before ffmpeg reads them: ffmpeg would open every address in a list of segments."""
        for path in info.get("__files_to_merge") or [filename]:
            check_file(Path(path), str(info.get("url") or self._request.url))
        result: Info = super().post_process(filename, info, files_to_move)
        return result

    def close(self) -> None:
        """Close the connections and remove temporary files."""
        super().close()
        self._authorities.close()

    def build_request_director(self, handlers: Iterable[object], preferences: object = None) -> RequestDirector:
        """Make every request handler use the download's certificate authorities."""
        director: RequestDirector = super().build_request_director(handlers, preferences)
        self._authorities.install(director)
        return director

    def _filter_entry(self, info: Info, *, incomplete: object) -> None:
        refuse_live_stream(info)
        # yt-dlp calls this several times per video, and for entries without metadata.
        if incomplete is not True and not self._is_described:
            self._is_described = True
            self._request.report(Described(media=build_media_info(info)))
