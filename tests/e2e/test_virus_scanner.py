"""Tests of `boss-bot get` with a real clamd: what it finds is refused, and what happens when it is killed."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import attrs
import pytest
from PIL import Image

from boss_bot_sandbox.site import RemoteSite
from tests.e2e.clamd import EICAR, OWN_SIGNATURE, Clamd, start_clamd
from tests.e2e.harness import Home, MakeHome

PHOTO = "files/photo-1.jpg"


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[Clamd]:
    """A running clamd, which the test may end."""
    running = start_clamd(tmp_path / "clamd")
    yield running
    running.kill()


@pytest.fixture
def infected_links(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Links to two pictures that every player shows: one with EICAR's test file in it, one with our own signature."""
    for name, content in (("eicar", EICAR), ("own", OWN_SIGNATURE)):
        Image.new("RGB", (64, 64), "teal").save(tmp_path / f"{name}.jpg", comment=content)
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        address = f"http://127.0.0.1:{server.server_port}"
        yield f"{address}/eicar.jpg", f"{address}/own.jpg"
        server.shutdown()


def set_up(home: Home, clamd: Clamd, mode: str) -> Home:
    """Return the home with these settings."""
    settings = {"PLUGIN_CLAMAV_ADDRESS": clamd.unix_address, "PLUGIN_CLAMAV_MODE": mode, "MAX_ATTEMPTS": "1"}
    return attrs.evolve(home, environ=home.environ | {f"BOSS_BOT_{name}": text for name, text in settings.items()})


def delivered(home: Home) -> list[str]:
    return sorted(path.name for path in home.out.rglob("*") if path.is_file())


def test_what_clamd_finds_is_refused_by_name_and_a_clean_file_is_delivered(
    clamd: Clamd, infected_links: tuple[str, str], make_home: MakeHome, site: RemoteSite
) -> None:
    home, clean = set_up(make_home(), clamd, "required"), f"{site.http_url}/{PHOTO}"
    outcomes = {each["url"]: each for each in home.get(*infected_links, clean).outcomes}
    for link, signature in zip(infected_links, ("Eicar-Test-Signature", "BossBot.Own"), strict=True):
        error = outcomes[link]["error"]
        assert error["code"] == "rejected"
        assert f"The virus scanner found {signature}.UNOFFICIAL in the file." in error["message"]
    assert outcomes[clean]["error"] is None
    assert delivered(home) == ["photo-1.jpg"]


def test_a_killed_clamd_holds_files_if_it_is_required_and_else_lets_them_pass(
    clamd: Clamd, make_home: MakeHome, site: RemoteSite
) -> None:
    clamd.kill()
    home, link = make_home(), f"{site.http_url}/{PHOTO}"
    result = set_up(home, clamd, "required").get(link)
    assert "The virus scanner does not answer." in result.single_outcome["error"]["message"]
    assert delivered(home) == []
    result = set_up(home, clamd, "on").get(link)
    assert result.single_outcome["error"] is None
    assert "A file passed without a scan" in result.stderr
    assert delivered(home) == ["photo-1.jpg"]
    plugins = set_up(home, clamd, "on").run("plugins").stdout
    assert "does not answer" in " ".join(plugins.split())
