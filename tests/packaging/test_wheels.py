"""What is published installs with plain pip, and works far away from this repository."""

import json
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

import pytest

from boss_bot_core import __version__
from boss_bot_sandbox.site import RemoteSite
from tests.packaging.conftest import ROOT, Install

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("packaging")]

DISTRIBUTIONS = {"boss_bot_core", *(path.parent.name for path in ROOT.glob("plugins/*/pyproject.toml"))}


def test_every_distribution_of_the_workspace_makes_a_wheel(wheels: Path) -> None:
    assert {wheel.name.partition("-")[0] for wheel in wheels.glob("*.whl")} == DISTRIBUTIONS


def test_a_wheel_holds_its_package_typed_and_nothing_else(wheels: Path) -> None:
    for wheel in wheels.glob("*.whl"):
        package = wheel.name.partition("-")[0]
        names = ZipFile(wheel).namelist()
        assert f"{package}/py.typed" in names
        assert {name.split("/")[0] for name in names} == {package, f"{package}-{__version__}.dist-info"}
        assert [name for name in names if "__pycache__" in name] == []


def test_a_wheel_carries_its_readme_and_its_licence(wheels: Path) -> None:
    for wheel in wheels.glob("*.whl"):
        archive = ZipFile(wheel)
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        fields = HeaderParser().parsestr(archive.read(metadata).decode())
        assert fields["License-Expression"] in {"MIT", "GPL-2.0-only"}
        assert len(str(fields.get_payload())) > 100, wheel.name
        assert any("/licenses/" in name for name in archive.namelist()), wheel.name


def test_the_program_says_its_version(install: Install) -> None:
    assert install.run("boss-bot", "--version").strip() == f"boss-bot {__version__}"


def test_only_the_installed_plugin_is_in_use(install: Install) -> None:
    in_use = [line.split()[1] for line in install.run("boss-bot", "plugins", "list").splitlines() if "in use" in line]
    assert in_use[0] == "verification"
    assert "ytdlp" in in_use
    assert not {"gallerydl", "twitter", "reddit", "sandbox"} & set(in_use)


def test_a_file_is_fetched(install: Install, site: RemoteSite, tmp_path: Path) -> None:
    environ = {
        "BOSS_BOT_CA_FILE": str(site.ca_file),
        "BOSS_BOT_ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8",
        "BOSS_BOT_HOST_OVERRIDES": ",".join(f"{host}={where}" for host, where in site.host_overrides.items()),
    }
    arguments = ("get", "https://media.example.com/files/clip.mp4", "--json", "--out", str(tmp_path))
    printed = install.run("boss-bot", *arguments, environ=environ)
    outcome = json.loads(printed)
    assert outcome["status"] == "completed"
    assert [Path(file["path"]).suffix for file in outcome["files"]] == [".mp4"]
