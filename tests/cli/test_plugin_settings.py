"""The settings and the state of plugins on the command line."""

import json
from pathlib import Path

from tests.e2e.harness import Home


def test_wrong_settings_of_a_plugin_are_told_by_every_command_that_checks_them(home: Home) -> None:
    sentence = "BOSS_BOT_PLUGIN_GALLERYDL_MAX_FILES (environment): expected a whole number, got 'many'"
    shown = home.run("settings", "show", BOSS_BOT_PLUGIN_GALLERYDL_MAX_FILES="many")
    assert (shown.returncode, shown.stderr.strip()) == (2, f"1 problem in the settings:\n  {sentence}")
    listed = home.run("plugins", BOSS_BOT_PLUGIN_GALLERYDL_MAX_FILES="many")
    assert f"FAILED: {sentence}" in listed.stdout
    got = home.get("not a link", BOSS_BOT_PLUGIN_GALLERYDL_MAX_FILES="many")
    assert f"Plugin gallerydl is not in use: {sentence}" in got.stderr


def test_the_settings_of_plugins_are_shown(home: Home) -> None:
    shown = json.loads(home.run("settings", "show", "--json", BOSS_BOT_PLUGIN_YTDLP_PREFER_H264="no").stdout)
    assert shown["plugins.ytdlp.prefer_h264"] == {"value": "false", "source": "environment"}
    assert shown["plugins.gallerydl.max_files"] == {"value": "100", "source": "default"}


def test_the_plugins_tell_their_state(home: Home, tmp_path: Path) -> None:
    cookies = tmp_path / "cookies.txt"
    cookies.write_text("# Netscape HTTP Cookie File\n.x.com\tTRUE\t/\tTRUE\t0\tauth_token\tvalue-of-it\n")
    without, with_cookies = (
        {
            each["plugin"]: each["health"]
            for each in json.loads(home.run("plugins", "--json", BOSS_BOT_COOKIES=files).stdout)
        }
        for files in ("", f"twitter={cookies}")
    )
    assert without["ytdlp"][0].startswith("yt-dlp ")
    assert without["twitter"][0].startswith("There are no cookies: X refuses")
    assert with_cookies["twitter"] == without["reddit"] == []
    assert without["twitter"][0] in home.run("plugins").stdout
