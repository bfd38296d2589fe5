"""`FileTransfer`: fetches one file of a download to the disk, over several responses if need be."""

import hashlib
import re
from typing import TYPE_CHECKING, Final

import attrs

from boss_bot_core.domain.sizes import format_size
from boss_bot_core.errors import FileTooLargeError, NothingFoundError
from boss_bot_core.plugin.download_result import Progress
from boss_bot_core.plugin.http_options import RequestOptions, build_arguments
from boss_bot_core.plugin.part_file import PartFile
from boss_bot_core.plugin.source_name import find_source_name, get_address_name
from boss_bot_core.plugin.text_body import build_text_error, read_text

if TYPE_CHECKING:
    import httpx

    from boss_bot_core.plugin.download import DownloadRequest
    from boss_bot_core.plugin.http_session import HttpSession

_OK: Final = 200
_UNCHANGED: Final = 304
_ACCEPTED: Final = (_UNCHANGED, 416)
_EXTENSION: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")


class FileTransfer:
    """The transfer of one file; it can be run again until it succeeds.

    Args:
        request: The download that the file belongs to.
        url: Address of the file.
        index: Position of the file in the download, from 1.
        count: Number of files of the download, or None.

    Attributes:
        path: Path of the complete file; the same in every attempt, which so finds the part.
        name: The server's name of the file; empty before a response.
        is_resumed: Whether several responses brought the file, or an earlier attempt did.
    """

    def __init__(self, request: "DownloadRequest", url: str, *, index: int, count: int | None) -> None:
        self._request, self._url = request, url
        self._progress = Progress(downloaded_bytes=0, file_index=index, file_count=count)
        extension = _EXTENSION.search(get_address_name(url))
        # The query may be a signature, which changes between two attempts.
        digest = hashlib.sha256(url.partition("?")[0].encode()).hexdigest()[:8]
        self.path = request.directory / f"media-{index:03d}-{digest}{extension[0].lower() if extension else ''}"
        self._part_path = self.path.with_name(self.path.name + ".part")
        self._part = PartFile(self._part_path)
        self.name, self.is_resumed = "", False

    def run(self, session: "HttpSession", options: RequestOptions) -> None:
        """Fetch what is missing of the file; for errors see `HttpClient.fetch_file`."""
        offset = self._part_path.stat().st_size if self._part_path.exists() else 0
        headers = {"Accept-Encoding": "identity"}  # no byte of a compressed body could be counted or continued
        if conditions := self._build_conditions(offset):
            arguments = build_arguments(options, headers | conditions)
            with session.open("GET", self._url, accepted=_ACCEPTED, **arguments) as response:
                if self._is_completed_by(response, offset):
                    return
        with session.open("GET", self._url, **build_arguments(options, headers)) as response:
            self._start(response)

    def _build_conditions(self, offset: int) -> dict[str, str]:
        """Return the header fields that ask for a changed file only, or for the rest of the part, or none."""
        if self.path.exists():
            return self._part.build_conditions()
        validator = self._part.find_validator(offset) if offset else None
        return {"Range": f"bytes={offset}-", "If-Range": validator} if validator else {}

    def _is_completed_by(self, response: "httpx.Response", offset: int) -> bool:
        """Complete the file from the response to a request with conditions, and return whether that was possible."""
        if response.status_code == _OK:
            self._start(response)
        elif response.status_code == _UNCHANGED and self.path.exists():
            self.is_resumed, self.name = True, find_source_name(self._url, response.headers)
            size = self.path.stat().st_size
            self._report(size, size)
        elif self._part.is_continued_by(offset, response.status_code, response.headers):
            self.is_resumed = True
            self._receive(response, offset)
        else:
            return False
        return True

    def _start(self, response: "httpx.Response") -> None:
        self.path.unlink(missing_ok=True)  # the validator will not be that of this file
        self._part.start(response.headers)
        self.is_resumed = False
        self._receive(response, 0)

    def _receive(self, response: "httpx.Response", offset: int) -> None:
        """Append the body to the part, and check the file that results."""
        self.name = find_source_name(self._url, response.headers)
        limit, received = self._request.max_file_size_bytes, offset
        length = response.headers.get("Content-Length", "")
        is_encoded = response.headers.get("Content-Encoding", "identity") != "identity"
        total = offset + int(length) if length.isdecimal() and not is_encoded else None
        with self._part_path.open("ab" if offset else "wb") as file:
            for chunk in response.iter_bytes() if (total or 0) <= limit else ():
                received += file.write(chunk)
                self._report(received, total)
                if received > limit:
                    break
        if max(received, total or 0) > limit:
            self._part.discard()
            raise FileTooLargeError(f"The file is larger than {format_size(limit)}, which is the limit.")
        if not received:
            raise NothingFoundError(f"{response.url.host} sent an empty file.")
        if (text := read_text(self._part_path)) is not None:
            self._part.discard()
            raise build_text_error(text, str(response.url))
        self._part_path.replace(self.path)

    def _report(self, downloaded: int, total: int | None) -> None:
        progress = attrs.evolve(self._progress, downloaded_bytes=downloaded, total_bytes=total, filename=self.name)
        self._request.report(progress)
