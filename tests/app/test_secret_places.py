"""A secret where every worker may read it refuses the start; a disabled plugin that is not there is told."""

import shutil
import sys
from pathlib import Path

import pytest

from boss_bot_core.app.secret_places import check_secret_places
from boss_bot_core.errors import SettingsError
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.settings import load
from tests.e2e.harness import Home


def test_a_disabled_plugin_that_is_not_there_is_told_with_the_name_that_was_meant() -> None:
    failures = PluginManager.load(("ytdl", "nothing")).failures
    assert {failure.name: failure.reason for failure in failures} == {
        "nothing": "disabled_plugins names it, but no plugin is called so",
        "ytdl": "disabled_plugins names it, but no plugin is called so; did you mean ytdlp?",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("data_dir", "{code}/data"),
        ("database_url", "sqlite:///{code}/queue.db"),
        ("token_file", "{code}/token"),
        ("cookies", "twitter={code}/x.txt"),
    ],
)
def test_a_secret_below_readable_code_refuses_the_start(tmp_path: Path, name: str, value: str) -> None:
    code = tmp_path / "plugin"
    code.mkdir()
    (code / "x.txt").touch()
    link = tmp_path / "link"
    link.symlink_to(code)
    settings = load({"data_dir": str(tmp_path / "data"), name: value.format(code=link)}, environ={})
    check_secret_places(settings, [tmp_path / "plugin" / "module.py"])
    with pytest.raises(SettingsError) as caught:
        check_secret_places(settings, [code])
    told = "cookies for twitter" if name == "cookies" else name
    assert str(caught.value).startswith(f"{told}: ")
    assert f" lies below {code}, which every download process may read" in str(caught.value)


def test_the_program_refuses_a_data_folder_inside_its_installation(home: Home) -> None:
    data = Path(sys.prefix, "share", "boss-bot-data-of-a-test")
    try:
        done = home.run("get", "https://example.com/a.mp4", BOSS_BOT_DATA_DIR=str(data))
        assert done.returncode == 2
        assert done.stderr.splitlines()[-1].startswith(
            f"data_dir: {data} lies below {Path(sys.prefix).resolve()}, which"
        )
    finally:
        shutil.rmtree(data)
