"""Requests for the rest of an incomplete file: they carry the file's validator, or ask for the whole file.

yt-dlp sends `Range` alone, appends whatever a 206 response brings, and takes a file for complete when a 416 response
names nearly its size. Its `HttpFD` fetches plain files and the segments of streams; both pass through here.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import attrs
from yt_dlp.downloader.http import HttpFD
from yt_dlp.networking.exceptions import HTTPError

from boss_bot_core.plugin import PartFile, parse_range_start
from boss_bot_ytdlp._metadata import Info

_OK: Final = 200
_RANGE_NOT_SATISFIABLE: Final = 416

Send = Callable[[Any], Any]
"""Sends a request of yt-dlp and returns its response; yt-dlp ships no types."""


@attrs.frozen
class FileResponse:
    """Address and headers of the response that brought a file."""

    url: str
    headers: Mapping[str, str]


class PartRequests:
    """Sends the requests of the file that yt-dlp currently fetches.

    Attributes:
        is_resumed: Whether a response continued a part.
        responses: The last response for each file, by the file's path without its extension.
    """

    def __init__(self) -> None:
        self._part: PartFile | None = None
        self._own_range: str | None = None
        self._response: FileResponse | None = None
        self.is_resumed = False
        self.responses: dict[Path, FileResponse] = {}

    def install(self) -> None:
        """Make yt-dlp tell which file it fetches; a worker process serves one download, so the class may be changed."""
        fetch = HttpFD.real_download

        def fetch_tracked(downloader: Any, filename: str, info: Info) -> Any:  # noqa: ANN401 - yt-dlp ships no types
            own_range = (info.get("http_headers") or {}).get("Range")
            with self._track(Path(downloader.temp_name(filename)), own_range):
                fetched = fetch(downloader, filename, info)
                if self._response is not None:
                    self.responses[Path(filename).with_suffix("")] = self._response
                return fetched

        HttpFD.real_download = fetch_tracked

    @contextmanager
    def _track(self, path: Path, own_range: str | None) -> Iterator[None]:
        """Handle the requests of the block as those of one part.

        Args:
            path: Path of the part.
            own_range: The `Range` of a segment that is a piece of a larger file, or None.
        """
        part = PartFile(path)
        self._part, self._own_range, self._response = part, own_range, None
        try:
            yield
        finally:
            self._part = None
            if not path.exists():
                part.forget_validator()

    def send(self, request: Any, send_once: Send) -> Any:  # noqa: ANN401 - yt-dlp ships no types
        """Send a request; a response that does not continue the part is replaced by one from the first byte."""
        if self._part is None:
            return send_once(request)
        offset = parse_range_start(request.headers.get("Range"))
        is_start = offset == parse_range_start(self._own_range)
        response = None if is_start else self._continue(self._part, offset, request, send_once)
        response = response or self._start(self._part, request, send_once)
        self._response = FileResponse(response.url, response.headers)
        return response

    def _continue(self, part: PartFile, offset: int, request: Any, send_once: Send) -> Any:  # noqa: ANN401 - see above
        """Return a response that continues the part, or that brings the whole file; None if there is none."""
        validator = part.find_validator(offset)
        response = None
        if validator is not None:
            request.headers["If-Range"] = validator
            try:
                response = send_once(request)
            except HTTPError as error:
                if error.status != _RANGE_NOT_SATISFIABLE:
                    raise
                error.close()
        if response is not None:
            if part.is_continued_by(offset, response.status, response.headers):
                self.is_resumed = True
                return response
            if response.status == _OK and self._own_range is None:
                part.start(response.headers)
                return response
            response.close()
        for name in ("Range", "If-Range"):
            request.headers.pop(name, None)
        if self._own_range is not None:
            request.headers["Range"] = self._own_range
        return None

    def _start(self, part: PartFile, request: Any, send_once: Send) -> Any:  # noqa: ANN401 - see above
        response = send_once(request)
        part.start(response.headers)
        return response
