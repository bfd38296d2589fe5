"""The tutorial's plugin, as a third party writes it: installed with pip, found, preferred, run, tested."""

import http.server
import io
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.packaging.conftest import ROOT, Install

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("packaging")]

EXAMPLE = ROOT / "docs" / "examples" / "boss_bot_example"


class Pictures(http.server.BaseHTTPRequestHandler):
    """pictures.example: it has one picture."""

    def do_GET(self) -> None:
        picture = io.BytesIO()
        Image.new("RGB", (64, 48), "teal").save(picture, "JPEG")
        there = self.path == "/p/42.jpg"
        self.send_response(200 if there else 404)
        self.send_header("Content-Type", "image/jpeg")
        self.end_headers()
        self.wfile.write(picture.getvalue() if there else b"")

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def pictures() -> Iterator[dict[str, str]]:
    """The site, and the settings that lead there."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pictures) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {
            "BOSS_BOT_HOST_OVERRIDES": f"pictures.example=127.0.0.1:{server.server_port}",
            "BOSS_BOT_ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8",
        }
        server.shutdown()


def test_it_is_found(with_example: Install) -> None:
    rows = with_example.run("boss-bot", "plugins", "list").splitlines()
    (row,) = (line for line in rows if "boss-bot-example" in line)
    assert "Pictures" in row
    assert "$dlp" in row
    assert "in use" in row


def test_it_wins_its_links_as_the_tutorial_shows(with_example: Install) -> None:
    printed = with_example.run("boss-bot", "plugins", "why", "https://pictures.example/p/42").splitlines()
    tutorial = (ROOT / "docs" / "plugins" / "first-plugin.md").read_text()
    assert "\n".join(line.rstrip() for line in printed[:3]) in tutorial
    assert printed[1].split() == ["1.", "pictures:", "platform:", "a", "post"]


def test_other_links_stay_with_the_others(with_example: Install) -> None:
    printed = with_example.run("boss-bot", "plugins", "why", "https://notpictures.example/p/42")
    assert "-  pictures: does not know this link" in printed


def test_it_fetches(with_example: Install, pictures: dict[str, str], tmp_path: Path) -> None:
    arguments = ("get", "http://pictures.example/p/42", "--json", "--out", str(tmp_path))
    outcome = json.loads(with_example.run("boss-bot", *arguments, environ=pictures))
    assert (outcome["plugin"], outcome["platform"], outcome["attempts"]) == ("pictures", "pictures", 1)
    assert [file["mime_type"] for file in outcome["files"]] == ["image/jpeg"]
    with Image.open(outcome["files"][0]["path"]) as picture:
        assert picture.size == (64, 48)


def test_its_own_tests_pass(with_example: Install) -> None:
    with_example.pip_install(f"boss-bot-core[testing] @ {with_example.wheel('boss-bot-core').as_uri()}")
    # Away from this repository, whose own pytest settings would hold there too.
    shutil.copytree(EXAMPLE / "tests", with_example.folder / "tests")
    printed = with_example.run("python", "-m", "pytest", "-q", "tests")
    assert "passed" in printed


def test_it_is_as_short_as_it_is_said_to_be() -> None:
    source = (EXAMPLE / "src" / "boss_bot_example" / "plugin.py").read_text()
    body = source.partition("\n\n\n")[2]
    assert len([line for line in body.splitlines() if line.strip()]) <= 35
