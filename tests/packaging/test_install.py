"""What is published installs with plain pip, and works far away from this repository; so does a third party's plugin.

One module, so that one process builds and installs it all.
"""

import json
import shutil
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from boss_bot_core import __version__
from boss_bot_sandbox.site import RemoteSite
from tests.docs.snippets import snippets
from tests.packaging.conftest import ROOT, Install

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

EXAMPLE = ROOT / "docs" / "examples" / "boss_bot_example"
AUTHORS_FIXTURE = """
import os
import pytest

@pytest.fixture
def my_server():
    return os.environ["MY_SERVER"]
"""
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


# --- the tutorial's plugin, as a third party writes it ----------------------------------------------------------------


def test_the_example_is_found(with_example: Install) -> None:
    rows = with_example.run("boss-bot", "plugins", "list").splitlines()
    (row,) = (line for line in rows if "boss-bot-example" in line)
    assert "Pictures" in row
    assert "$dlp" in row
    assert "in use" in row


def test_the_example_wins_its_links_as_the_tutorial_shows(with_example: Install) -> None:
    printed = with_example.run("boss-bot", "plugins", "why", "https://pictures.example/p/42").splitlines()
    tutorial = (ROOT / "docs" / "plugins" / "first-plugin.md").read_text()
    assert "\n".join(line.rstrip() for line in printed[:3]) in tutorial
    assert printed[1].split() == ["1.", "pictures:", "platform:", "a", "post"]


def test_links_of_other_sites_stay_with_the_others(with_example: Install) -> None:
    printed = with_example.run("boss-bot", "plugins", "why", "https://notpictures.example/p/42")
    assert "-  pictures: does not know this link" in printed


def test_the_example_fetches(with_example: Install, pictures: dict[str, str], tmp_path: Path) -> None:
    arguments = ("get", "http://pictures.example/p/42", "--json", "--out", str(tmp_path))
    outcome = json.loads(with_example.run("boss-bot", *arguments, environ=pictures))
    assert (outcome["plugin"], outcome["platform"], outcome["attempts"]) == ("pictures", "pictures", 1)
    assert [file["mime_type"] for file in outcome["files"]] == ["image/jpeg"]
    with Image.open(outcome["files"][0]["path"]) as picture:
        assert picture.size == (64, 48)


def test_the_example_s_own_tests_pass_and_those_of_the_manual(with_example: Install, pictures: dict[str, str]) -> None:
    with_example.pip_install(f"boss-bot-core[testing] @ {with_example.wheel('boss-bot-core').as_uri()}")
    # Away from this repository, whose own pytest settings would hold there too.
    tests = with_example.folder / "tests"
    shutil.copytree(EXAMPLE / "tests", tests)
    for number, snippet in enumerate(snippets("python")):
        if snippet.place.startswith("docs/plugins/testing.md"):
            (tests / f"test_manual_{number}.py").write_text(snippet.text)
    (tests / "conftest.py").write_text(AUTHORS_FIXTURE)
    environ = {"MY_SERVER": pictures["BOSS_BOT_HOST_OVERRIDES"].partition("=")[2]}
    printed = with_example.run("python", "-m", "pytest", "-q", "tests", environ=environ)
    assert "11 passed" in printed


def test_the_example_is_as_short_as_it_is_said_to_be() -> None:
    source = (EXAMPLE / "src" / "boss_bot_example" / "plugin.py").read_text()
    body = source.partition("\n\n\n")[2]
    assert len([line for line in body.splitlines() if line.strip()]) <= 35
