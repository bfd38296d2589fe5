"""The plugins of the pages on wrapping an extractor: the program loads, ranks and runs them on the real engines.

Each site is replaced by a server on loopback with a certificate of its own, which answers as the site's API does.
"""

import http.server
import json
import os
import ssl
import subprocess
import sys
import threading
import tomllib
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
import trustme

from boss_bot_sandbox.site import RemoteSite
from tests.docs.snippets import ROOT
from tests.e2e.harness import Home, MakeHome

EXAMPLES = ROOT / "docs" / "examples"
HOSTS = ("api.imgur.com", "i.imgur.com", "ajax.streamable.com", "cdn.streamable.com")


def build_answers(site: RemoteSite) -> Mapping[str, bytes]:
    """Return the bodies of the two sites by path."""

    def read(name: str) -> bytes:
        with urllib.request.urlopen(f"{site.http_url}/files/{name}", timeout=10) as answer:
            return bytes(answer.read())

    picture: dict[str, Any] = {"id": "picture", "ext": "jpeg", "metadata": {"is_animated": False}}
    animation: dict[str, Any] = {"id": "animation", "ext": "gif", "metadata": {"is_animated": True}}
    pictures = [entry | {"created_at": "2026-01-02T03:04:05Z"} for entry in (picture, animation)]
    album = {"id": "vwxyz", "title": "Two pictures", "created_at": "2026-01-02T03:04:05Z", "media": pictures}
    video = {
        "status": 2,
        "title": "A clip",
        "duration": 2.0,
        "files": {"mp4": {"url": "//cdn.streamable.com/clip.mp4", "width": 320, "height": 240}},
    }
    return {
        "/post/v1/albums/vwxyz": json.dumps(album).encode(),
        "/picture.jpg": read("photo-1.jpg"),
        "/animation.gif": read("animation.gif"),
        "/videos/moo": json.dumps(video).encode(),
        "/clip.mp4": read("clip.mp4"),
    }


@pytest.fixture(scope="module")
def sites(site: RemoteSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Start the server, and return the settings with which the program reaches it."""
    answers = build_answers(site)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answers.get(self.path.partition("?")[0])
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Print no log messages."""

    authority = trustme.CA()
    ca_file = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*HOSTS).configure_cert(context)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        overrides = ",".join(f"{host}=127.0.0.1:{server.server_port}" for host in HOSTS)
        yield {"BOSS_BOT_CA_FILE": str(ca_file), "BOSS_BOT_HOST_OVERRIDES": overrides}
        server.shutdown()


@pytest.fixture
def home(make_home: MakeHome, sites: dict[str, str], installed: dict[str, str]) -> Home:
    home = make_home()
    return attrs.evolve(home, environ=home.environ | sites | installed)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Install both plugins as an editable install does, and return the variables with which they are found."""
    folder = tmp_path_factory.mktemp("plugins")
    sources = [EXAMPLES / "boss_bot_imgur", EXAMPLES / "boss_bot_streamable"]
    for source in sources:
        project = tomllib.loads((source / "pyproject.toml").read_text())["project"]
        info = folder / f"{source.name}-{project['version']}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
        )
        points = (f"{name} = {module}" for name, module in project["entry-points"]["boss_bot"].items())
        (info / "entry_points.txt").write_text("\n".join(["[boss_bot]", *points, ""]))
    path = os.pathsep.join([str(folder), *(str(source / "src") for source in sources)])
    return {"PYTHONPATH": path, "BOSS_BOT_WORKER_ENVIRONMENT": "PYTHONPATH"}


@pytest.mark.parametrize(
    ("plugin", "url", "mime_types", "title"),
    [
        ("imgur", "https://imgur.com/a/vwxyz", ["image/jpeg", "image/gif"], "Two pictures"),
        ("streamable", "https://streamable.com/e/moo", ["video/mp4"], "A clip"),
    ],
)
def test_a_wrapped_extractor_fetches_the_media_of_its_site(
    home: Home, plugin: str, url: str, mime_types: list[str], title: str
) -> None:
    outcome = home.get(url).single_outcome
    assert (outcome["error"], outcome["plugin"], outcome["attempts"]) == (None, plugin, 1)
    assert [file["mime_type"] for file in outcome["files"]] == mime_types
    assert outcome["title"] == title


@pytest.mark.parametrize(
    ("plugin", "url"), [("imgur", "https://imgur.com/abcdefg"), ("streamable", "https://streamable.com/moo")]
)
def test_a_wrapped_extractor_goes_before_its_engine(
    home: Home, installed: dict[str, str], plugin: str, url: str
) -> None:
    printed = home.run("plugins", "why", url).stdout.splitlines()
    assert printed[1].split()[:3] == ["1.", f"{plugin}:", "platform:"]


@pytest.mark.parametrize("plugin", ["boss_bot_imgur", "boss_bot_streamable"])
def test_the_tests_of_the_wrapped_extractors_pass(installed: dict[str, str], tmp_path: Path, plugin: str) -> None:
    # Outside this repository, because its pytest settings would apply to these tests too.
    for test in (EXAMPLES / plugin / "tests").iterdir():
        (tmp_path / test.name).write_text(test.read_text())
    run = [sys.executable, "-m", "pytest", "-q", "--rootdir", str(tmp_path), str(tmp_path)]
    done = subprocess.run(run, cwd=tmp_path, env=os.environ | installed, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
