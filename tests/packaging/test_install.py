"""The wheels and a third party's plugin install with plain pip, and work outside this repository.

All tests are in one module, so that one process builds and installs the wheels once.
"""

import json
import shutil
import subprocess
import sys
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

import imageio_ffmpeg
import pytest
from PIL import Image

from boss_bot_core import __version__
from boss_bot_sandbox.site import RemoteSite
from tests.docs.snippets import find_snippets
from tests.packaging.conftest import ROOT, InstalledEnvironment

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


def build_site_environ(site: RemoteSite) -> dict[str, str]:
    """Return the settings with which the bot reaches the media site."""
    return {
        "BOSS_BOT_CA_FILE": str(site.ca_file),
        "BOSS_BOT_ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8",
        "BOSS_BOT_HOST_OVERRIDES": ",".join(f"{host}={where}" for host, where in site.host_overrides.items()),
    }


def test_every_distribution_of_the_workspace_makes_a_wheel(wheels: Path) -> None:
    assert {wheel.name.partition("-")[0] for wheel in wheels.glob("*.whl")} == DISTRIBUTIONS


def test_a_wheel_contains_only_its_typed_package(wheels: Path) -> None:
    for wheel in wheels.glob("*.whl"):
        package = wheel.name.partition("-")[0]
        names = ZipFile(wheel).namelist()
        assert f"{package}/py.typed" in names
        assert {name.split("/")[0] for name in names} == {package, f"{package}-{__version__}.dist-info"}
        assert [name for name in names if "__pycache__" in name] == []


def test_the_wheel_of_the_core_contains_the_template_of_a_plugin(wheels: Path) -> None:
    (core,) = wheels.glob("boss_bot_core-*.whl")
    found = {name.rpartition("/")[2] for name in ZipFile(core).namelist() if "/plugin_template/" in name}
    assert found == {"README.md.in", "plugin.py.in", "pyproject.toml.in", "test_plugin.py.in"}


def test_a_wheel_contains_its_readme_and_its_licence(wheels: Path) -> None:
    for wheel in wheels.glob("*.whl"):
        archive = ZipFile(wheel)
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        fields = HeaderParser().parsestr(archive.read(metadata).decode())
        assert fields["License-Expression"] in {"MIT", "GPL-2.0-only"}
        assert len(str(fields.get_payload())) > 100, wheel.name
        assert any("/licenses/" in name for name in archive.namelist()), wheel.name


def test_the_program_prints_its_version(install: InstalledEnvironment) -> None:
    assert install.run("boss-bot", "--version").strip() == f"boss-bot {__version__}"


def test_only_the_installed_plugin_is_in_use(install: InstalledEnvironment) -> None:
    in_use = [line.split()[1] for line in install.run("boss-bot", "plugins", "list").splitlines() if "in use" in line]
    assert in_use[0] == "verification"
    assert "ytdlp" in in_use
    assert not {"gallerydl", "twitter", "reddit", "sandbox"} & set(in_use)


def test_a_file_is_fetched(install: InstalledEnvironment, site: RemoteSite, tmp_path: Path) -> None:
    environ = build_site_environ(site)
    arguments = ("get", "https://media.example.com/files/clip.mp4", "--json", "--out", str(tmp_path))
    printed = install.run("boss-bot", *arguments, environ=environ)
    result = json.loads(printed)
    assert result["status"] == "completed"
    assert [Path(file["path"]).suffix for file in result["files"]] == [".mp4"]


# --- the installation of the manual, without the extra "ffmpeg" -----------------------------------------------------


def test_the_installation_stays_below_280_mb(operator_install: InstalledEnvironment) -> None:
    done = subprocess.run(["du", "-sm", operator_install.folder], check=True, capture_output=True, text=True)
    assert int(done.stdout.split()[0]) < 280


def test_the_installation_joins_picture_and_sound_with_the_system_s_ffmpeg(
    operator_install: InstalledEnvironment, site: RemoteSite, tmp_path: Path
) -> None:
    search = "import importlib.util; print(importlib.util.find_spec('imageio_ffmpeg'))"
    assert operator_install.run("python", "-c", search).strip() == "None"
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "ffmpeg").symlink_to(imageio_ffmpeg.get_ffmpeg_exe())
    environ = build_site_environ(site) | {"PATH": str(programs)}
    arguments = ("get", "https://media.example.com/dash/manifest.mpd", "--json", "--out", str(tmp_path))
    result = json.loads(operator_install.run("boss-bot", *arguments, environ=environ))
    assert [file["mime_type"] for file in result["files"]] == ["video/mp4"]


# --- the tutorial's plugin, as a plugin of a third party ------------------------------------------------------------


def test_the_example_is_found(with_example: InstalledEnvironment) -> None:
    rows = with_example.run("boss-bot", "plugins", "list").splitlines()
    (row,) = (line for line in rows if "boss-bot-example" in line)
    assert "Pictures" in row
    assert "$dlp" in row
    assert "in use" in row


def test_the_example_is_the_best_candidate_as_the_tutorial_shows(with_example: InstalledEnvironment) -> None:
    printed = with_example.run("boss-bot", "plugins", "why", "https://pictures.example/p/42").splitlines()
    tutorial = (ROOT / "docs" / "plugins" / "first-plugin.md").read_text()
    assert "\n".join(line.rstrip() for line in printed[:3]) in tutorial
    assert printed[1].split() == ["1.", "pictures:", "platform:", "a", "post"]


def test_the_example_does_not_claim_links_of_other_sites(with_example: InstalledEnvironment) -> None:
    printed = with_example.run("boss-bot", "plugins", "why", "https://notpictures.example/p/42")
    assert "-  pictures: does not know this link" in printed


def test_the_example_fetches_the_pictures_of_a_post(
    with_example: InstalledEnvironment, pictures: dict[str, str], tmp_path: Path
) -> None:
    arguments = ("get", "http://pictures.example/p/42", "--json", "--out", str(tmp_path))
    result = json.loads(with_example.run("boss-bot", *arguments, environ=pictures))
    assert (result["plugin"], result["platform"], result["attempts"]) == ("pictures", "pictures", 1)
    assert [file["mime_type"] for file in result["files"]] == ["image/jpeg", "image/jpeg"]
    for file in result["files"]:
        with Image.open(file["path"]) as picture:
            assert picture.size == (64, 48)


def test_the_tests_of_the_example_and_of_the_manual_pass(
    with_example: InstalledEnvironment, pictures: dict[str, str]
) -> None:
    with_example.pip_install(f"boss-bot-core[testing] @ {with_example.get_wheel('boss-bot-core').as_uri()}")
    # Outside this repository, because its pytest settings would apply to these tests too.
    tests = with_example.folder / "tests"
    shutil.copytree(EXAMPLE / "tests", tests)
    for number, snippet in enumerate(find_snippets("python")):
        if snippet.location.startswith("docs/plugins/testing.md"):
            (tests / f"test_manual_{number}.py").write_text(snippet.text)
    (tests / "conftest.py").write_text(AUTHORS_FIXTURE)
    environ = {"MY_SERVER": pictures["BOSS_BOT_HOST_OVERRIDES"].partition("=")[2]}
    printed = with_example.run("python", "-m", "pytest", "-q", "tests", environ=environ)
    assert "15 passed" in printed


def test_the_wheel_of_the_published_example_has_what_the_manual_says(tmp_path: Path) -> None:
    source = EXAMPLE.with_name("boss_bot_streamable")
    build = [sys.executable, "-m", "uv", "build", "--wheel", "--quiet", "--out-dir", str(tmp_path), str(source)]
    subprocess.run(build, check=True, timeout=120)
    archive = ZipFile(tmp_path / "boss_bot_streamable-1.0.0-py3-none-any.whl")
    package, info = "boss_bot_streamable", "boss_bot_streamable-1.0.0.dist-info"
    assert {name for name in archive.namelist() if not name.startswith(f"{info}/")} == {
        f"{package}/{name}" for name in ("__init__.py", "plugin.py", "py.typed")
    }
    assert {f"{info}/licenses/LICENSE", f"{info}/entry_points.txt"} <= set(archive.namelist())
    fields = HeaderParser().parsestr(archive.read(f"{info}/METADATA").decode())
    assert fields["License-Expression"] == "MIT"
    assert fields.get_all("Requires-Dist") == ["boss-bot-core<0.2,>=0.1", "boss-bot-ytdlp<0.2,>=0.1"]
    assert "Typing :: Typed" in (fields.get_all("Classifier") or [])
    assert str(fields.get_payload()) == (source / "README.md").read_text()
