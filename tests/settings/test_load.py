"""Loading settings from TOML, the environment and the command line, and the report of all problems."""

from pathlib import Path

import pytest

from boss_bot_core.errors import SettingsError
from boss_bot_core.settings import find_config_file, load, load_with_sources

MB = 1_048_576


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    file = tmp_path / "etc" / "config.toml"
    file.parent.mkdir()
    file.write_text("", encoding="utf-8")
    return file


def test_the_defaults_are_those_of_the_prd(config_file: Path) -> None:
    settings = load(environ={}, config_file=config_file)
    assert settings.bot.command_prefix == "$"
    assert settings.bot.token is None
    assert settings.queue.max_concurrent_downloads == 5
    assert settings.queue.max_queue_size == 50
    assert settings.storage.temp_file_retention_hours == 24
    assert settings.download.max_file_size_bytes == 50 * MB
    assert settings.log.log_level == "INFO"


def test_the_environment_overrides_the_file_and_the_command_line_overrides_both(config_file: Path) -> None:
    config_file.write_text("max_queue_size = 1\nmax_attempts = 1\nstall_s = 1\n", encoding="utf-8")
    loaded = load_with_sources(
        {"max_attempts": 3, "wall_clock_s": None},
        environ={"BOSS_BOT_MAX_ATTEMPTS": "2", "BOSS_BOT_STALL_S": "2.5", "PATH": "/bin"},
        config_file=config_file,
    )
    assert loaded.settings.queue.max_queue_size == 1
    assert loaded.settings.download.stall_s == 2.5
    assert loaded.settings.queue.max_attempts == 3
    assert loaded.settings.download.wall_clock_s == 300
    assert loaded.sources == {
        "max_queue_size": str(config_file),
        "stall_s": "environment",
        "max_attempts": "command line",
    }


def test_all_problems_of_all_sources_are_reported_at_once_with_their_path(config_file: Path) -> None:
    config_file.write_text('max_queue_size = 0\ncolour = "red"\nmax_queu_size = 4\n', encoding="utf-8")
    environ = {"BOSS_BOT_STALL_S": "soon", "BOSS_BOT_MAX_ATEMPTS": "1", "BOSS_BOT_MAX_QUEUE_SIZE": "10"}
    with pytest.raises(SettingsError) as caught:
        load({"max_attempts": 0, "nonsense": 1}, environ=environ, config_file=config_file)
    lines = str(caught.value).splitlines()
    assert lines[0] == "7 problems in the settings:"
    assert {line.strip() for line in lines[1:]} == {
        f"colour ({config_file}): unknown setting",
        f"max_queu_size ({config_file}): unknown setting; did you mean max_queue_size?",
        f"max_queue_size ({config_file}): expected a whole number from 1, got 0",
        "BOSS_BOT_STALL_S (environment): expected a number of seconds above 0, got 'soon'",
        "BOSS_BOT_MAX_ATEMPTS (environment): unknown setting; did you mean BOSS_BOT_MAX_ATTEMPTS?",
        "max_attempts (command line): expected a whole number from 1, got 0",
        "nonsense (command line): unknown setting",
    }


def test_a_file_that_is_not_toml_is_reported_with_the_other_problems(config_file: Path) -> None:
    config_file.write_text("max_queue_size = = 4\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"(?s)2 problems.*config\.toml.*is no TOML: .*line 1.*BOSS_BOT_STALL_S"):
        load(environ={"BOSS_BOT_STALL_S": "-1"}, config_file=config_file)


def test_an_explicitly_named_file_must_exist(tmp_path: Path) -> None:
    missing = tmp_path / "missing.toml"
    with pytest.raises(SettingsError, match="there is no such file"):
        load(environ={}, config_file=missing)
    with pytest.raises(SettingsError, match="there is no such file"):
        load(environ={"BOSS_BOT_CONFIG_FILE": str(missing)})


def test_the_default_file_is_optional(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert find_config_file({}) == tmp_path / "boss-bot" / "config.toml"
    assert load(environ={}).queue.max_queue_size == 50
    (tmp_path / "boss-bot").mkdir()
    (tmp_path / "boss-bot" / "config.toml").write_text("max_queue_size = 3", encoding="utf-8")
    assert load(environ={}).queue.max_queue_size == 3


def test_paths_are_relative_to_the_file_that_contains_them(config_file: Path) -> None:
    (config_file.parent / "x.txt").write_text("# Netscape HTTP Cookie File", encoding="utf-8")
    config_file.write_text('data_dir = "../data"\n[cookies]\ntwitter = "x.txt"\n', encoding="utf-8")
    settings = load(environ={}, config_file=config_file)
    assert settings.storage.data_dir == config_file.parent.parent / "data"
    assert settings.download.cookies == {"twitter": config_file.parent / "x.txt"}
    assert settings.storage.folders.cache == config_file.parent.parent / "data" / "cache"
    assert settings.storage.effective_database_url == (
        f"sqlite+aiosqlite:///{config_file.parent.parent}/data/boss-bot.sqlite3"
    )


def test_an_empty_variable_clears_the_value_of_the_file(config_file: Path) -> None:
    config_file.write_text('data_dir = "here"\ndisabled_plugins = ["ytdlp"]\n', encoding="utf-8")
    settings = load(environ={"BOSS_BOT_DATA_DIR": "", "BOSS_BOT_DISABLED_PLUGINS": ""}, config_file=config_file)
    assert settings.storage.data_dir is None
    assert settings.download.disabled_plugins == ()
