"""Tests that no link makes the bot connect to a forbidden address: a listener there counts connections."""

import socket
import threading
from collections.abc import Iterator

import attrs
import pytest

from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import MakeHome

FORBIDDEN = "127.0.0.2"
"""A loopback address that is not allowed; the bot refuses it like any private address."""


@attrs.define
class ForbiddenServer:
    """A server on the forbidden address that counts its connections."""

    port: int
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://{FORBIDDEN}:{self.port}"


@pytest.fixture
def forbidden_server() -> Iterator[ForbiddenServer]:
    with socket.create_server((FORBIDDEN, 0)) as server:
        forbidden_server = ForbiddenServer(server.getsockname()[1])
        server.settimeout(0.2)
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                try:
                    server.accept()[0].close()
                except TimeoutError:
                    continue
                forbidden_server.connections += 1

        thread = threading.Thread(target=listen)
        thread.start()
        yield forbidden_server
        ended.set()
        thread.join()


def test_no_form_of_link_connects_to_a_forbidden_address(
    make_home: MakeHome, site: RemoteSite, forbidden_server: ForbiddenServer
) -> None:
    decimal = int.from_bytes(socket.inet_aton(FORBIDDEN))
    links = [
        f"{forbidden_server.url}/clip.mp4",
        f"http://{decimal}:{forbidden_server.port}/clip.mp4",
        f"http://0x{decimal:x}:{forbidden_server.port}/clip.mp4",
        f"http://[::ffff:{FORBIDDEN}]:{forbidden_server.port}/clip.mp4",
        f"{site.http_url}/redirect/clip.mp4?to={forbidden_server.url}/clip.mp4",
        f"{site.http_url}/redirect?to={forbidden_server.url}/page",
        f"{site.http_url}/page/plain?src={forbidden_server.url}/clip.mp4",
        f"{site.http_url}/hls/clear/playlist.m3u8?segments={forbidden_server.url}/",
        f"{site.http_url}/hls/encrypted/playlist.m3u8?key={forbidden_server.url}/key",
        f"{site.http_url}/dash/manifest.mpd?base={forbidden_server.url}/",
    ]
    result = make_home().get(*links, timeout_s=120, BOSS_BOT_ALLOWED_PRIVATE_NETWORKS="127.0.0.1/32")
    errors = {outcome["url"]: outcome["error"] for outcome in result.outcomes}
    assert errors.keys() == set(links)
    assert [error for error in errors.values() if error is None or error["code"] != "blocked"] == [], result.stderr
    assert forbidden_server.connections == 0


def test_a_link_connects_to_an_address_that_the_operator_allows(
    make_home: MakeHome, site: RemoteSite, forbidden_server: ForbiddenServer
) -> None:
    make_home().get(f"{forbidden_server.url}/clip.mp4", timeout_s=60)
    assert forbidden_server.connections > 0
