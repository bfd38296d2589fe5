"""`HttpClient`: the HTTP client that a download hook finds as `request.http`."""

import json
import sys
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Unpack
from urllib.parse import urlsplit

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.errors import EngineBrokenError, UnsupportedUrlError
from boss_bot_core.plugin.download_result import FetchedFile, FileKind
from boss_bot_core.plugin.file_transfer import FileTransfer
from boss_bot_core.plugin.http_options import RequestOptions, build_arguments
from boss_bot_core.plugin.http_retry import retry
from boss_bot_core.plugin.text_body import explain_text

if TYPE_CHECKING:
    from boss_bot_core.plugin.download import DownloadRequest
    from boss_bot_core.plugin.http_session import HttpSession

_MAX_TEXT_BYTES: Final = 16 * MEGABYTE
_HIDDEN_MODULES: Final = frozenset({"httpx._main", "trio"})
"""What httpx imports where it can, and needs not: its command line, which loads rich, and an asynchronous library."""


class HttpClient:
    """HTTP requests through the egress proxy, with the operator's cookies; whatever fails raises a typed error.

    Redirects are followed. After a lost connection, a status of 500 or more, or a rate limit of at most five seconds, a
    request is sent up to twice again. All methods take `RequestOptions`. The first request imports httpx.
    """

    def __init__(self, request: "DownloadRequest") -> None:
        self._request = request
        self._file_count = 0

    def get_json(self, url: str, **options: Unpack[RequestOptions]) -> Any:  # noqa: ANN401 - what the site sends
        """Return the JSON value at an address; `EngineBrokenError` for a text that is no JSON and explains nothing."""
        return _parse_json(*self._read("GET", url, options))

    def post_json(self, url: str, body: object, **options: Unpack[RequestOptions]) -> Any:  # noqa: ANN401 - see above
        """Send `body` as JSON and return the response as `get_json` does; only for requests that may be sent twice."""
        return _parse_json(*self._read("POST", url, options, body))

    def get_text(self, url: str, **options: Unpack[RequestOptions]) -> str:
        """Return the text at an address, such as a page.

        Raises:
            DownloadFailedError: The typed error for the status, or for a connection that failed.
        """
        return self._read("GET", url, options)[0]

    def fetch_file(
        self,
        url: str,
        *,
        name: str | None = None,
        kind: FileKind = "any",
        file_count: int | None = None,
        **options: Unpack[RequestOptions],
    ) -> FetchedFile:
        """Fetch the next file of the download, and report its progress.

        An incomplete file of an earlier attempt is continued if the server confirms that it is still the same; a
        complete one is fetched again only if it has changed.

        Args:
            url: Address of the file.
            name: The source's own name of the file; by default, what the server calls it.
            kind: Kind of file, as the source names it.
            file_count: Number of files of the download, for the progress.
            **options: See `RequestOptions`.

        Raises:
            DownloadFailedError: See `get_text`; also for a file that is too large, and for words in place of a file.
        """
        transfer = FileTransfer(self._request, url, index=self._file_count + 1, count=file_count)
        retry(lambda: transfer.run(self._session, options))
        self._file_count += 1
        return FetchedFile(path=transfer.path, kind=kind, name=name or transfer.name, is_resumed=transfer.is_resumed)

    def _read(self, method: str, url: str, options: RequestOptions, body: object = None) -> tuple[str, str]:
        def read() -> tuple[str, str]:
            with self._session.open(method, url, **build_arguments(options), json=body) as response:
                received = bytearray()
                for chunk in response.iter_bytes():
                    received += chunk
                    if len(received) > _MAX_TEXT_BYTES:
                        raise UnsupportedUrlError(f"{response.url.host} sends a longer text than can be read.")
                return received.decode(response.encoding or "utf-8", "replace"), str(response.url)

        return retry(read)

    def close(self) -> None:
        """Close all connections; the end of a worker closes them as well."""
        if "_session" in vars(self):
            self._session.close()

    @cached_property
    def _session(self) -> "HttpSession":
        hidden = _HIDDEN_MODULES - sys.modules.keys()
        sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None makes their import fail
        try:
            from boss_bot_core.plugin.http_session import HttpSession  # noqa: PLC0415 - imports httpx

            return HttpSession(self._request.proxy_url, self._request.ca_file, self._request.cookies_file)
        finally:
            for name in hidden:
                del sys.modules[name]


def _parse_json(text: str, url: str) -> Any:  # noqa: ANN401 - what the site sends
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except ValueError as error:
        host = urlsplit(url).hostname
        found = explain_text(text, url)
        raise found or EngineBrokenError(f"{host} answered in a way that the plugin does not understand.") from error
