"""Tests of `boss-bot get` with a real clamd: what it finds is refused, and what happens when it is killed."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from boss_bot_sandbox.site import RemoteSite
from tests.e2e.clamd import Clamd, start_clamd
from tests.e2e.harness import Home, MakeHome

PHOTO, PICTURE, EICAR = "files/photo-1.jpg", "files/photo-2.png", "files/eicar.jpg"


@pytest.fixture
def clamd(site: RemoteSite, tmp_path: Path) -> Iterator[Clamd]:
    """A clamd that takes the site's second picture for dangerous; the test may end it."""
    content: bytes = urllib.request.urlopen(f"{site.http_url}/{PICTURE}").read()
    running = start_clamd(tmp_path / "clamd", content[100:200])
    yield running
    running.kill()


def set_up(home: Home, clamd: Clamd, mode: str) -> Home:
    """Return the home with these settings."""
    settings = {"PLUGIN_CLAMAV_ADDRESS": clamd.unix_address, "PLUGIN_CLAMAV_MODE": mode, "MAX_ATTEMPTS": "1"}
    return attrs.evolve(home, environ=home.environ | {f"BOSS_BOT_{name}": text for name, text in settings.items()})


def delivered(home: Home) -> list[str]:
    return sorted(path.name for path in home.out.rglob("*") if path.is_file())


def test_what_clamd_finds_is_refused_by_name_and_a_clean_file_is_delivered(
    clamd: Clamd, make_home: MakeHome, site: RemoteSite
) -> None:
    home = set_up(make_home(), clamd, "required")
    links = [f"{site.http_url}/{path}" for path in (EICAR, PICTURE, PHOTO)]
    outcomes = {each["url"]: each for each in home.get(*links).outcomes}
    for link, signature in zip(links, ("Eicar-Test-Signature", "BossBot.More-0"), strict=False):
        error = outcomes[link]["error"]
        assert error["code"] == "rejected"
        assert f"The virus scanner found {signature}.UNOFFICIAL in the file." in error["message"]
    assert outcomes[links[2]]["error"] is None
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
