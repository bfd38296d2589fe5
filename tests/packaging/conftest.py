"""Fixtures: the wheels of every distribution, and a virtual environment into which pip installs them."""

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs
import pytest

from tests.packaging.picture_site import PictureSiteHandler

ROOT = Path(__file__).parents[2]
OPERATOR_PACKAGES = ("core", "ytdlp", "gallerydl", "twitter", "reddit", "media")
NO_VARIABLES: Mapping[str, str] = {}


@attrs.frozen
class InstalledEnvironment:
    """A virtual environment without uv and without this repository on its path.

    Attributes:
        folder: Folder of the environment.
        wheels: Folder of the wheels.
    """

    folder: Path
    wheels: Path

    def get_wheel(self, distribution: str) -> Path:
        """Return the wheel of a distribution."""
        (found,) = self.wheels.glob(f"{distribution.replace('-', '_')}-*.whl")
        return found

    def pip_install(self, *packages: str | Path) -> None:
        """Install packages with pip."""
        self.run("pip", "install", "--quiet", *map(str, packages), timeout_s=240)

    def run(
        self, program: str, *arguments: str, environ: Mapping[str, str] = NO_VARIABLES, timeout_s: float = 60
    ) -> str:
        """Run a program of the environment outside the repository, and return its output."""
        inherited = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
        inherited |= {"PATH": f"{self.folder / 'bin'}:/usr/bin:/bin", "HOME": os.environ["HOME"], "LANG": "C.UTF-8"}
        done = subprocess.run(
            [self.folder / "bin" / program, *arguments],
            cwd=self.folder,
            env={**inherited, "BOSS_BOT_DATA_DIR": f"{self.folder}-data", **environ},
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build every distribution of the workspace, and return the folder of the wheels."""
    folder = tmp_path_factory.mktemp("wheels")
    build = [sys.executable, "-m", "uv", "build", "--all-packages", "--wheel", "--quiet", "--out-dir", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, timeout=240)
    return folder


@pytest.fixture(scope="session")
def install(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> InstalledEnvironment:
    """Return an environment with the core and one plugin."""
    install = InstalledEnvironment(tmp_path_factory.mktemp("environment"), wheels)
    subprocess.run([sys.executable, "-m", "venv", str(install.folder)], check=True, timeout=120)
    install.pip_install(install.get_wheel("boss-bot-core"), install.get_wheel("boss-bot-ytdlp"))
    return install


@pytest.fixture(scope="session")
def operator_install(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> InstalledEnvironment:
    """Return an environment as the manual's installation makes it: the core, and the plugins of all sites."""
    install = InstalledEnvironment(tmp_path_factory.mktemp("operator"), wheels)
    subprocess.run([sys.executable, "-m", "venv", str(install.folder)], check=True, timeout=120)
    install.pip_install("--find-links", wheels, *(install.get_wheel(f"boss-bot-{name}") for name in OPERATOR_PACKAGES))
    return install


@pytest.fixture(scope="session")
def with_example(install: InstalledEnvironment) -> InstalledEnvironment:
    """Return the same environment with the tutorial's plugin."""
    install.pip_install(ROOT / "docs" / "examples" / "boss_bot_example")
    return install


@pytest.fixture
def pictures() -> Iterator[dict[str, str]]:
    """Start pictures.example, and return the settings with which the bot reaches it."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), PictureSiteHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {
            "BOSS_BOT_HOST_OVERRIDES": f"pictures.example=127.0.0.1:{server.server_port}",
            "BOSS_BOT_ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8",
        }
        server.shutdown()
