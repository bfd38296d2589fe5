"""Fixtures for all tests of the core: databases, a media site, and `boss-bot` as a child that reaches only that."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from loguru import logger

from boss_bot_core.testing.store.databases import database_url, postgres_server, postgres_url
from boss_bot_sandbox.site import RemoteSite, site_process
from tests.e2e.harness import Home, MakeHome

__all__ = ["database_url", "home", "logged_errors", "make_home", "postgres_server", "postgres_url", "site"]


@pytest.fixture(scope="session")
def site(site_directory: Path) -> Iterator[RemoteSite]:
    with site_process(site_directory) as site:
        yield site


@pytest.fixture(scope="session")
def make_home(tmp_path_factory: pytest.TempPathFactory, site: RemoteSite) -> MakeHome:
    coverage = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    overrides = ",".join(f"{host}={address}" for host, address in site.host_overrides.items())

    def make() -> Home:
        folder = tmp_path_factory.mktemp("home")
        (folder / "config.toml").touch()
        settings = {
            "BOSS_BOT_CONFIG_FILE": str(folder / "config.toml"),
            "BOSS_BOT_DATA_DIR": str(folder / "data"),
            "BOSS_BOT_ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8",
            "BOSS_BOT_CA_FILE": str(site.ca_file),
            "BOSS_BOT_HOST_OVERRIDES": overrides,
            "BOSS_BOT_WORKER_ENVIRONMENT": ",".join(coverage),
            "BOSS_BOT_STALL_S": "5",
            "BOSS_BOT_MAX_ATTEMPTS": "1",
        }
        return Home(folder, inherited | coverage | settings)

    return make


@pytest.fixture
def logged_errors() -> Iterator[list[str]]:
    """Return a list that gets every message logged as an error or worse, with its traceback."""
    lines: list[str] = []
    sink = logger.add(lines.append, level="ERROR", format="{message}")
    yield lines
    logger.remove(sink)


@pytest.fixture
def home(make_home: MakeHome) -> Home:
    return make_home()
