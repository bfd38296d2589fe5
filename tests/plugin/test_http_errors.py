"""The client of download hooks: which typed error a failure becomes, and what is tried again."""

import time
from collections.abc import Callable
from email.utils import formatdate
from typing import TYPE_CHECKING

import httpx
import pytest
from aiohttp import web

from boss_bot_core.errors import (
    AuthRequiredError,
    BlockedError,
    DownloadFailedError,
    DownloadTimeoutError,
    EngineBrokenError,
    NetworkError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    UnsupportedUrlError,
)
from boss_bot_core.plugin import http_session
from boss_bot_sandbox.site import RemoteSite

if TYPE_CHECKING:
    from tests.plugin.conftest import Attempt, MakeAttempt, Serve

HOST = "https://media.example.com"


async def test_another_certificate_authority_is_not_and_no_further_try_is_made(
    make_attempt: "MakeAttempt", site: RemoteSite
) -> None:
    started = time.monotonic()
    with pytest.raises(NetworkError, match=r"media\.example\.com could not prove who it is"):
        await make_attempt(ca_file=None).run(lambda http: http.get_text(f"{HOST}/page/plain"))
    assert time.monotonic() - started < 2
    assert site.requests.matching("/page") == []


@pytest.mark.parametrize(
    ("status", "error", "message"),
    [
        (400, PermissionDeniedError, "media.example.com refuses to give that out (HTTP 400)."),
        (401, AuthRequiredError, "media.example.com wants a login."),
        (403, PermissionDeniedError, "media.example.com does not let us see this."),
        (404, NotFoundError, "media.example.com does not have this (any more)."),
        (410, NotFoundError, "media.example.com does not have this any more."),
        (429, RateLimitError, "media.example.com asks us to slow down."),
        (451, PermissionDeniedError, "media.example.com may not show this here, for legal reasons."),
    ],
)
async def test_a_status_becomes_a_typed_error_after_one_request(
    attempt: "Attempt", site: RemoteSite, status: int, error: type[DownloadFailedError], message: str
) -> None:
    with pytest.raises(error) as caught:
        await attempt.run(lambda http: http.get_json(f"{HOST}/status/{status}"))
    assert caught.value.message == message
    assert len(site.requests.matching("/status/")) == 1


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/reason/expired-xml/x", NotFoundError),
        ("/reason/login-json/x", AuthRequiredError),
        ("/reason/unknown-text/x", EngineBrokenError),
        ("/login/x", AuthRequiredError),
        ("/page/plain", EngineBrokenError),
        ("/gzip-bomb/x", UnsupportedUrlError),
    ],
)
async def test_words_in_place_of_json_are_explained(
    attempt: "Attempt", path: str, error: type[DownloadFailedError]
) -> None:
    with pytest.raises(error):
        await attempt.run(lambda http: http.get_json(HOST + path))


@pytest.mark.parametrize(
    ("make_header", "expected_s"), [(lambda: "120", 120), (lambda: formatdate(time.time() + 600, usegmt=True), 600)]
)
async def test_a_long_retry_after_is_left_to_the_queue(
    attempt: "Attempt", serve: "Serve", make_header: Callable[[], str], expected_s: float
) -> None:
    requests = 0

    async def answer(_: web.Request) -> web.StreamResponse:
        nonlocal requests
        requests += 1
        return web.Response(status=429, headers={"Retry-After": make_header()})

    address = await serve(answer)
    with pytest.raises(RateLimitError) as caught:
        await attempt.run(lambda http: http.get_json(address))
    assert caught.value.retry_after_s == pytest.approx(expected_s, abs=2)
    assert requests == 1


@pytest.mark.parametrize(("status", "headers"), [(503, {}), (500, {}), (429, {"Retry-After": "1"})])
async def test_what_may_go_away_in_seconds_is_tried_again(
    attempt: "Attempt", serve: "Serve", status: int, headers: dict[str, str]
) -> None:
    answers = iter([web.Response(status=status, headers=headers), web.json_response([1])])

    async def answer(_: web.Request) -> web.StreamResponse:
        return next(answers)

    address = await serve(answer)
    assert await attempt.run(lambda http: http.get_json(address)) == [1]


async def test_it_is_tried_three_times_at_most(attempt: "Attempt", site: RemoteSite) -> None:
    with pytest.raises(NetworkError, match=r"media\.example\.com has trouble right now \(HTTP 502\)"):
        await attempt.run(lambda http: http.get_json(f"{HOST}/status/502"))
    assert len(site.requests.matching("/status/")) == 3


async def test_a_lost_connection_is_tried_again(attempt: "Attempt", serve: "Serve") -> None:
    requests = 0

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal requests
        requests += 1
        if requests == 1:
            assert request.transport is not None
            request.transport.abort()
        return web.json_response("here")

    address = await serve(answer)
    assert await attempt.run(lambda http: http.get_json(address)) == "here"


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "https://10.0.0.1/"])
async def test_a_redirect_into_a_private_network_is_blocked(attempt: "Attempt", target: str) -> None:
    with pytest.raises(BlockedError):
        await attempt.run(lambda http: http.get_json(f"{HOST}/redirect", params={"to": target}))


async def test_a_site_cannot_pretend_to_be_the_proxy(attempt: "Attempt", serve: "Serve") -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=404, headers={"X-BossBot-Refused": "loopback", "X-BossBot-Failure": "dns"})

    address = await serve(answer)
    with pytest.raises(NotFoundError):
        await attempt.run(lambda http: http.get_json(address))


@pytest.mark.parametrize(
    "target",
    ["ftp://media.example.com/x", "file:///etc/passwd", "ws://media.example.com/", "http://[::ffff:10.0.0.1]/"],
)
async def test_only_http_addresses_with_a_host_or_an_ipv4_address_are_followed(attempt: "Attempt", target: str) -> None:
    with pytest.raises(UnsupportedUrlError):
        await attempt.run(lambda http: http.get_json(f"{HOST}/redirect", params={"to": target}))


async def test_a_circle_of_redirects_ends(attempt: "Attempt", serve: "Serve") -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(request.path)

    address = await serve(answer)
    with pytest.raises(NetworkError, match="redirects in a circle"):
        await attempt.run(lambda http: http.get_json(address))


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_host_that_does_not_exist_could_not_be_reached(make_attempt: "MakeAttempt", scheme: str) -> None:
    with pytest.raises(NetworkError) as caught:
        await make_attempt().run(lambda http: http.get_json(f"{scheme}://127.0.0.1:1/"))
    assert caught.value.message == "127.0.0.1 could not be reached."


async def test_a_site_that_stops_sending_is_a_timeout_after_three_tries(
    attempt: "Attempt", site: RemoteSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_session, "_TIMEOUT_S", 0.5)
    with pytest.raises(DownloadTimeoutError, match=r"media\.example\.com stopped answering"):
        await attempt.run(lambda http: http.fetch_file(f"{HOST}/stalling/20000/clip.mp4"))
    assert len(site.requests.matching("/stalling/")) == 3


async def test_a_header_with_a_line_break_is_the_plugin_s_mistake(attempt: "Attempt", serve: "Serve") -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response(1)

    address = await serve(answer)
    with pytest.raises(httpx.LocalProtocolError):
        await attempt.run(lambda http: http.get_json(address, headers={"X-Token": "a\nb"}))
