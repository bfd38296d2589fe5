"""What the plugin says about its state."""

from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import pytest

from boss_bot_core.plugin import HealthRequest
from boss_bot_ytdlp import _health, plugin


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_the_version_and_the_age_of_yt_dlp_are_told() -> None:
    version = metadata.version("yt-dlp")
    year, month, day = map(int, version.split(".")[:3])
    age_days = (datetime.now(UTC) - datetime(year, month, day, tzinfo=UTC)).days
    assert plugin.bossbot_check_health(HealthRequest())[0].startswith(f"yt-dlp {version} is {age_days} days old")


def test_an_old_version_is_told_to_be_upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda _: "2020.1.2.post1")
    assert next(_health.check_health()).endswith("days old: upgrade it if a site fails.")


def test_a_missing_javascript_runtime_is_told(folder: Path) -> None:
    missing = "There is no JavaScript runtime: YouTube has few formats or none; install deno."
    assert list(_health.check_health())[1:] == [missing]
    program = folder / "deno"
    program.touch(mode=0o755)
    assert missing not in _health.check_health()
