"""`boss-bot plugins new`: the names that it takes, and the distribution that it writes, which works as it is."""

import http.server
import io
import json
import os
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from typer.testing import CliRunner

from boss_bot_core.cli.plugins import app
from tests.docs.snippets import ROOT
from tests.e2e.harness import Home

FILES = {
    "README.md",
    "pyproject.toml",
    "src/boss_bot_sun_sea/__init__.py",
    "src/boss_bot_sun_sea/plugin.py",
    "src/boss_bot_sun_sea/py.typed",
    "tests/test_sun_sea.py",
}


class SiteHandler(http.server.BaseHTTPRequestHandler):
    """Serves sun-sea.example, which has a post with a picture, and one with a PDF document."""

    def do_GET(self) -> None:
        if self.path == "/p/1.json":
            address = f"http://{self.headers['Host']}/files/sun.jpg"
            self._send(json.dumps({"title": "The sun", "files": [address]}).encode())
        elif self.path == "/p/2.json":
            address = f"http://{self.headers['Host']}/files/book.pdf"
            self._send(json.dumps({"title": "A book", "files": [address]}).encode())
        elif self.path in {"/files/sun.jpg", "/files/book.pdf"}:
            file = io.BytesIO()
            Image.new("RGB", (64, 48), "teal").save(file, "JPEG" if self.path.endswith("jpg") else "PDF")
            self._send(file.getvalue())
        else:
            self.send_error(404)

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Print no log messages."""


@pytest.fixture
def distribution(tmp_path: Path) -> Path:
    """A new distribution."""
    done = CliRunner().invoke(app, ["new", "sun_sea", "--folder", str(tmp_path)])
    assert done.exit_code == 0, done.output
    target = tmp_path / "boss-bot-sun-sea"
    assert [line.strip() for line in done.output.splitlines()[1:]] == [
        f'pip install -e {target} "boss-bot-core[testing]"',
        f"pytest {target}",
        "boss-bot plugins why https://sun-sea.example/p/1",
    ]
    return target


@pytest.fixture
def installed(distribution: Path, tmp_path: Path) -> Path:
    """A folder for PYTHONPATH with the distribution as an installer writes it."""
    project = tomllib.loads((distribution / "pyproject.toml").read_text())["project"]
    info = tmp_path / "site" / "boss_bot_sun_sea-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    points = "".join(f"{name} = {value}\n" for name, value in project["entry-points"]["boss_bot"].items())
    (info / "entry_points.txt").write_text(f"[boss_bot]\n{points}")
    (info.parent / "boss_bot_sun_sea").symlink_to(distribution / "src" / "boss_bot_sun_sea")
    return info.parent


@pytest.fixture
def address() -> Iterator[str]:
    """The address of the site."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), SiteHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def run(*command: str, folder: Path, **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=os.environ | environ,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def test_the_distribution_has_all_its_files_and_is_not_overwritten(distribution: Path) -> None:
    files = {str(path.relative_to(distribution)) for path in distribution.rglob("*") if path.is_file()}
    assert files == FILES
    (distribution / "README.md").write_text("mine")
    again = CliRunner().invoke(app, ["new", "sun_sea", "--folder", str(distribution.parent)], env={"COLUMNS": "500"})
    assert again.exit_code == 2
    assert f"{distribution} is already there; nothing was changed." in again.output
    assert (distribution / "README.md").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["Pictures"], "'Pictures' is no name of a plugin"),
        (["a-b"], "'a-b' is no name of a plugin"),
        (["../a"], "'../a' is no name of a plugin"),
        (["x" * 33], "is no name of a plugin; use 2 to 32 small letters"),
        (["ytdlp"], "the package boss_bot_ytdlp is already installed; choose another."),
        (["core"], "the package boss_bot_core is already installed; choose another."),
        (["pictures", "--host", "https://a.example"], "'https://a.example' is no host name"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_with_the_reason(
    tmp_path: Path, arguments: list[str], reason: str
) -> None:
    done = CliRunner().invoke(app, ["new", *arguments, "--folder", str(tmp_path)], env={"COLUMNS": "500"})
    assert done.exit_code == 2
    assert reason in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = CliRunner().invoke(
        app, ["new", "pictures", "--folder", str(tmp_path / "file" / "x")], env={"COLUMNS": "500"}
    )
    assert done.exit_code == 2
    assert "cannot be written: Not a directory." in done.output


def test_the_new_plugin_is_clean_for_ruff(distribution: Path) -> None:
    rules = (
        "--select=ANN,B,C4,D,E,F,I,N,PL,PT,PTH,RET,RUF,SIM,UP,W",
        "--config=lint.pydocstyle.convention='google'",
    )
    long_name = ["a" * 32, "--host", f"{'a' * 32}.example"]
    assert CliRunner().invoke(app, ["new", *long_name, "--folder", str(distribution.parent)]).exit_code == 0
    for folder in distribution.parent.glob("boss-bot-*"):
        for command in (("check",), ("check", *rules), ("format", "--check")):
            done = run("ruff", *command, "--no-cache", ".", folder=folder)
            assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_new_plugin_is_clean_for_mypy(installed: Path, distribution: Path) -> None:
    sources = ("src", "tests")
    done = run("mypy", "--strict", *sources, folder=distribution, MYPYPATH=str(ROOT))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tests_of_the_new_plugin_pass(installed: Path, distribution: Path) -> None:
    done = run("pytest", "-q", "-p", "no:cacheprovider", "tests", folder=distribution, PYTHONPATH=str(installed))
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def test_the_installed_plugin_is_listed_and_fetches_a_link(installed: Path, address: str, home: Home) -> None:
    listed = json.loads(home.run("plugins", "--json", PYTHONPATH=str(installed)).stdout)
    assert {each["plugin"]: each["state"] for each in listed}["sun_sea"] == "in use"
    outcome = home.get(
        "http://sun-sea.example/p/1",
        BOSS_BOT_HOST_OVERRIDES=f"sun-sea.example={address}",
        BOSS_BOT_WORKER_ENVIRONMENT="PYTHONPATH",
        PYTHONPATH=str(installed),
    ).single_outcome
    assert outcome["error"] is None
    assert (outcome["plugin"], outcome["title"]) == ("sun_sea", "The sun")
    assert [Path(file["path"]).suffix for file in outcome["files"]] == [".jpg"]


def test_a_platform_gets_the_further_types_of_files_that_it_declares(
    installed: Path, distribution: Path, address: str, home: Home
) -> None:
    def get() -> dict[str, Any]:
        return home.get(
            "http://sun-sea.example/p/2",
            BOSS_BOT_HOST_OVERRIDES=f"sun-sea.example={address}",
            BOSS_BOT_WORKER_ENVIRONMENT="PYTHONPATH",
            PYTHONPATH=str(installed),
        ).single_outcome

    assert get()["error"]["code"] == "rejected"
    source = distribution / "src" / "boss_bot_sun_sea" / "plugin.py"
    source.write_text(
        source.read_text().replace("        examples=", '        extra_types=("pdf",),\n        examples=')
    )
    outcome = get()
    assert outcome["error"] is None
    assert [(Path(file["path"]).suffix, file["mime_type"]) for file in outcome["files"]] == [
        (".pdf", "application/pdf")
    ]
