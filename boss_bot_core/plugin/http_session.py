"""`HttpSession`: sends the HTTP requests of one download through the egress proxy, and raises typed errors.

It imports httpx, so only a download that uses `request.http` imports it.
"""

import logging
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import MozillaCookieJar
from pathlib import Path
from typing import Final

import httpx

from boss_bot_core.errors import NetworkError, UnsupportedUrlError
from boss_bot_core.plugin.http_errors import build_connection_error, build_response_error

_TIMEOUT_S: Final = 15.0
_MAX_REDIRECTS: Final = 10
_USER_AGENT: Final = "Mozilla/5.0 (compatible; Boss-Bot)"


class HttpSession:
    """Connections and cookies of one download.

    Args:
        proxy_url: Address of the egress proxy, with its credential.
        ca_file: PEM file of an authority to trust besides the usual ones, or None.
        cookies_file: The operator's cookies in Netscape format, or None.
    """

    def __init__(self, proxy_url: str, ca_file: Path | None, cookies_file: Path | None) -> None:
        # httpx logs every address, with its query, at the level that the bot's log shows.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        authorities = httpx.create_ssl_context(trust_env=False)
        if ca_file is not None:
            authorities.load_verify_locations(ca_file)
        jar = MozillaCookieJar()
        if cookies_file is not None:
            jar.load(str(cookies_file), ignore_discard=True)
        self._client = httpx.Client(
            # With a transport of its own, the client has no direct one that a request could take.
            transport=httpx.HTTPTransport(proxy=proxy_url, verify=authorities, trust_env=False),
            cookies=jar,
            headers={"User-Agent": _USER_AGENT},
            timeout=_TIMEOUT_S,
            trust_env=False,
        )

    @contextmanager
    def open(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str | int] | None,
        headers: Mapping[str, str],
        cookies: Mapping[str, str],
        json: object = None,
        accepted: Collection[int] = (),
    ) -> Iterator[httpx.Response]:
        """Send a request, follow its redirects, and give the response, whose body is still to be read.

        Args:
            method: HTTP method.
            url: Address.
            params: Fields of the query in place of the address's own, or None.
            headers: Header fields.
            cookies: Cookies for the address's host, besides those of the session.
            json: Value to send as JSON, or None.
            accepted: Statuses that are no error, besides those of success.

        Raises:
            DownloadFailedError: The request failed, the proxy refused it, or the status is no success; also for what
                goes wrong while the block reads the body.
        """
        host = "the site"
        try:
            request = self._client.build_request(method, url, params=params, headers=headers, json=json)
            first_host = request.url.host
            for _ in range(_MAX_REDIRECTS + 1):
                host = request.url.host
                _check_address(request.url)
                _add_cookies(request, cookies if host == first_host else {})
                response = self._client.send(request, stream=True)
                try:
                    if response.next_request is None:
                        if not response.is_success and response.status_code not in accepted:
                            raise build_response_error(response)
                        yield response
                        return
                    request = response.next_request
                finally:
                    response.close()
        except httpx.LocalProtocolError:
            raise  # the plugin's own mistake, such as a header with a line break
        except httpx.InvalidURL as error:
            raise UnsupportedUrlError("The site names an address that is not valid.") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise build_connection_error(error, host) from error
        raise NetworkError(f"{host} redirects in a circle.")

    def close(self) -> None:
        """Close all connections."""
        self._client.close()


def _check_address(url: httpx.URL) -> None:
    # httpcore leaves the brackets of an IPv6 address out when it asks a proxy for it.
    if url.scheme not in {"http", "https"} or ":" in url.host:
        raise UnsupportedUrlError("The site leads to an address that cannot be fetched.")


def _add_cookies(request: httpx.Request, cookies: Mapping[str, str]) -> None:
    """Add cookies to those that the session has for the request's host; a cookie replaces one of the same name."""
    if cookies:
        pairs = filter(None, request.headers.get("Cookie", "").split("; "))
        kept = [pair for pair in pairs if pair.partition("=")[0] not in cookies]
        request.headers["Cookie"] = "; ".join([*kept, *(f"{name}={value}" for name, value in cookies.items())])
