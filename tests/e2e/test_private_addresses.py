"""Nothing that a link leads to makes the bot touch an address that it must not: a listener there hears nothing."""

import socket
import threading
from collections.abc import Iterator

import attrs
import pytest

from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import MakeHome

FORBIDDEN = "127.0.0.2"
"""A loopback address beside the one allowed: what is refused there is refused like any private address."""


@attrs.define
class Trap:
    """Counts who connects."""

    port: int
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://{FORBIDDEN}:{self.port}"


@pytest.fixture
def trap() -> Iterator[Trap]:
    with socket.create_server((FORBIDDEN, 0)) as server:
        trap = Trap(server.getsockname()[1])
        server.settimeout(0.2)
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                try:
                    server.accept()[0].close()
                except TimeoutError:
                    continue
                trap.connections += 1

        thread = threading.Thread(target=listen)
        thread.start()
        yield trap
        ended.set()
        thread.join()


def test_no_form_of_link_reaches_a_forbidden_address(make_home: MakeHome, site: RemoteSite, trap: Trap) -> None:
    decimal = int.from_bytes(socket.inet_aton(FORBIDDEN))
    links = [
        f"{trap.url}/clip.mp4",
        f"http://{decimal}:{trap.port}/clip.mp4",
        f"http://0x{decimal:x}:{trap.port}/clip.mp4",
        f"http://[::ffff:{FORBIDDEN}]:{trap.port}/clip.mp4",
        f"{site.http_url}/redirect/clip.mp4?to={trap.url}/clip.mp4",
        f"{site.http_url}/redirect?to={trap.url}/page",
        f"{site.http_url}/page/plain?src={trap.url}/clip.mp4",
        f"{site.http_url}/hls/clear/playlist.m3u8?segments={trap.url}/",
        f"{site.http_url}/hls/encrypted/playlist.m3u8?key={trap.url}/key",
        f"{site.http_url}/dash/manifest.mpd?base={trap.url}/",
    ]
    result = make_home().get(*links, timeout_s=120, BOSS_BOT_ALLOWED_PRIVATE_NETWORKS="127.0.0.1/32")
    codes = {outcome["url"]: outcome["error"] and outcome["error"]["code"] for outcome in result.outcomes}
    assert codes == dict.fromkeys(links, "blocked")
    assert trap.connections == 0


def test_the_same_links_arrive_where_the_operator_allows_the_address(
    make_home: MakeHome, site: RemoteSite, trap: Trap
) -> None:
    make_home().get(f"{trap.url}/clip.mp4", timeout_s=60)
    assert trap.connections > 0
