"""The client of download hooks: what it sends, and where it goes."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from boss_bot_core.errors import NetworkError

if TYPE_CHECKING:
    from tests.plugin.conftest import Attempt, MakeAttempt, Serve

HOST = "https://media.example.com"
COOKIES = (
    "# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t\tlogin\tsecret\n127.0.0.1\tFALSE\t/\tFALSE\t\tage\t17\n"
)


async def describe_request(request: web.Request) -> web.Response:
    headers = {name.lower(): value for name, value in request.headers.items()}
    body = await request.json() if request.can_read_body else None
    return web.json_response({"method": request.method, "path": request.raw_path, "headers": headers, "body": body})


async def test_a_request_carries_its_options(attempt: "Attempt", serve: "Serve") -> None:
    address = await serve(describe_request)
    sent = await attempt.run(
        lambda http: http.get_json(
            f"{address}/api",
            params={"page": 2, "q": "two words"},
            headers={"X-Token": "t"},
            referer="https://pictures.example/p/42",
            cookies={"adult": "1"},
        )
    )
    assert sent["path"] == "/api?page=2&q=two+words"
    assert sent["headers"]["x-token"] == "t"
    assert sent["headers"]["referer"] == "https://pictures.example/p/42"
    assert sent["headers"]["cookie"] == "adult=1"
    assert not [name for name in sent["headers"] if name.startswith("proxy-")]


async def test_a_body_is_sent_as_json(attempt: "Attempt", serve: "Serve") -> None:
    address = await serve(describe_request)
    sent = await attempt.run(lambda http: http.post_json(f"{address}/graphql", {"query": "{post}"}))
    assert (sent["method"], sent["body"], sent["headers"]["content-type"]) == (
        "POST",
        {"query": "{post}"},
        "application/json",
    )


async def test_the_operator_s_cookies_are_sent_and_a_call_can_replace_one(
    make_attempt: "MakeAttempt", serve: "Serve", tmp_path: Path
) -> None:
    address = await serve(describe_request)
    (tmp_path / "cookies.txt").write_text(COOKIES)
    attempt = make_attempt(cookies_file=tmp_path / "cookies.txt")
    sent = await attempt.run(
        lambda http: [http.get_json(address), http.get_json(address, cookies={"age": "18"}), http.get_json(address)]
    )
    assert [request["headers"]["cookie"] for request in sent] == [
        "login=secret; age=17",
        "login=secret; age=18",
        "login=secret; age=17",
    ]


async def test_cookies_of_a_response_are_sent_with_later_requests(attempt: "Attempt", serve: "Serve") -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = await describe_request(request)
        response.set_cookie("session", "s1")
        return response

    address = await serve(answer)
    sent = await attempt.run(lambda http: [http.get_json(address), http.get_json(address)])
    assert "cookie" not in sent[0]["headers"]
    assert sent[1]["headers"]["cookie"] == "session=s1"


@pytest.mark.parametrize(("host", "cookie"), [("127.0.0.1", "adult=1"), ("localhost", None)])
async def test_a_redirect_takes_the_cookies_of_the_call_to_the_same_host_only(
    attempt: "Attempt", serve: "Serve", host: str, cookie: str | None
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/start":
            raise web.HTTPFound(f"http://{host}:{request.url.port}/end")
        return await describe_request(request)

    address = await serve(answer)
    sent = await attempt.run(lambda http: http.get_json(f"{address}/start", cookies={"adult": "1"}))
    assert (sent["path"], sent["headers"].get("cookie")) == ("/end", cookie)


async def test_a_page_is_decoded_as_its_header_says(attempt: "Attempt", serve: "Serve") -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body="Grüße".encode("latin-1"), headers={"Content-Type": "text/html; charset=latin-1"})

    address = await serve(answer)
    assert await attempt.run(lambda http: http.get_text(address)) == "Grüße"


async def test_the_operator_s_certificate_authority_is_trusted(attempt: "Attempt") -> None:
    assert "<video" in await attempt.run(lambda http: http.get_text(f"{HOST}/page/plain"))


async def test_nothing_is_sent_past_the_proxy(
    make_attempt: "MakeAttempt", serve: "Serve", monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = 0

    async def answer(_: web.Request) -> web.StreamResponse:
        nonlocal requests
        requests += 1
        return web.json_response(1)

    address = await serve(answer)
    monkeypatch.setenv("NO_PROXY", "*")
    with pytest.raises(NetworkError):
        await make_attempt(proxy_url="http://lease:key@127.0.0.1:1").run(lambda http: http.get_json(address))
    assert requests == 0
