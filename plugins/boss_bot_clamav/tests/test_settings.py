"""Tests of the plugin's settings, and of what it says about its state."""

import os
from pathlib import Path

import pytest

from boss_bot_clamav._inspection import check_health
from boss_bot_clamav._settings import ClamavSettings
from boss_bot_core.app.plugin_settings import load_plugins
from boss_bot_core.errors import SettingsError
from boss_bot_core.plugin import ServiceAddress
from boss_bot_core.settings import load
from tests.e2e.clamd import Clamd


def load_with(tmp_path: Path, **settings: str) -> object:
    """Return the plugin's settings as the bot reads them from its environment."""
    environ = {f"BOSS_BOT_PLUGIN_CLAMAV_{name.upper()}": text for name, text in settings.items()}
    (tmp_path / "config.toml").touch()
    environ["BOSS_BOT_CONFIG_FILE"] = os.fspath(tmp_path / "config.toml")
    return load_plugins(load({}, environ=environ)).get_settings("clamav")


def test_the_address_and_the_mode_are_read(tmp_path: Path) -> None:
    expected = ClamavSettings(address=ServiceAddress.parse("127.0.0.1:3310"), mode="required")
    assert load_with(tmp_path, address="localhost:3310", mode="required") == expected


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"mode": "required"}, 'mode is "required", but address does not say where clamd listens'),
        ({"mode": "requierd"}, "expected one of on, required, off"),
        ({"address": "clamav:3310"}, "an IP address with a port such as .*; host names are not looked up"),
        ({"timeout_s": "0"}, "expected a number above 0"),
    ],
)
def test_wrong_settings_end_the_start_instead_of_the_scans(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    with pytest.raises(SettingsError, match=sentence):
        load_with(tmp_path, **settings)


def test_the_health_says_why_nothing_is_scanned(clamd: Clamd, tmp_path: Path) -> None:
    assert check_health(ClamavSettings(address=ServiceAddress.parse(clamd.unix_address), mode="required")) == ()
    assert "set plugins.clamav.address" in check_health(ClamavSettings())[0]
    assert check_health(ClamavSettings(mode="off")) == ("off: no file is scanned",)
    dead = ServiceAddress(path=tmp_path / "dead.ctl")
    assert "files pass without a scan" in check_health(ClamavSettings(address=dead))[0]
    assert "files are held until it does" in check_health(ClamavSettings(address=dead, mode="required"))[0]
