"""Wheels as they would be published, installed with plain pip into an environment of their own."""

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs
import pytest

from boss_bot_sandbox.site import RemoteSite, site_process
from tests.packaging.pictures import Pictures

ROOT = Path(__file__).parents[2]
NOTHING: Mapping[str, str] = {}


@attrs.frozen
class Install:
    """A virtual environment without uv, without this repository on its path.

    Attributes:
        folder: The environment.
        wheels: Where the wheels lie.
    """

    folder: Path
    wheels: Path

    def wheel(self, distribution: str) -> Path:
        """Return a distribution's wheel."""
        (found,) = self.wheels.glob(f"{distribution.replace('-', '_')}-*.whl")
        return found

    def pip_install(self, *what: str | Path) -> None:
        """Install with pip."""
        self.run("pip", "install", "--quiet", *map(str, what), timeout_s=240)

    def run(self, program: str, *arguments: str, environ: Mapping[str, str] = NOTHING, timeout_s: float = 60) -> str:
        """Run one of its programs far away from the repository; return what it printed."""
        kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
        kept |= {"PATH": f"{self.folder / 'bin'}:/usr/bin:/bin", "HOME": os.environ["HOME"], "LANG": "C.UTF-8"}
        done = subprocess.run(
            [self.folder / "bin" / program, *arguments],
            cwd=self.folder,
            env={**kept, "BOSS_BOT_DATA_DIR": str(self.folder / "data"), **environ},
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every distribution of the workspace, built."""
    folder = tmp_path_factory.mktemp("wheels")
    build = [sys.executable, "-m", "uv", "build", "--all-packages", "--wheel", "--quiet", "--out-dir", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, timeout=240)
    return folder


@pytest.fixture(scope="session")
def install(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Install:
    """The core with one plugin."""
    install = Install(tmp_path_factory.mktemp("environment"), wheels)
    subprocess.run([sys.executable, "-m", "venv", str(install.folder)], check=True, timeout=120)
    install.pip_install(install.wheel("boss-bot-core"), install.wheel("boss-bot-ytdlp"))
    return install


@pytest.fixture(scope="session")
def with_example(install: Install) -> Install:
    """The same with the tutorial's plugin."""
    install.pip_install(ROOT / "docs" / "examples" / "boss_bot_example")
    return install


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteSite]:
    """The media site."""
    with site_process(tmp_path_factory.mktemp("site")) as site:
        yield site


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
