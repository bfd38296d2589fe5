"""The config file and the token file, in the forms that editors write, or refused by name."""

from pathlib import Path

import pytest

from boss_bot_core.errors import SettingsError
from boss_bot_core.settings import find_token, load

SETTING = "max_queue_size = 7\n# für alle\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_config_and_token_are_read_in_the_encodings_of_editors(tmp_path: Path, encoding: str) -> None:
    config, token = tmp_path / "config.toml", tmp_path / "token"
    token.write_text("a-token\r\n", encoding=encoding)
    config.write_text(f"{SETTING}token_file = 'token'\n", encoding=encoding)
    settings = load(environ={}, config_file=config)
    assert settings.queue.max_queue_size == 7
    found = find_token(settings.bot)
    assert found is not None
    assert found.get_secret_value() == "a-token"


def test_a_config_file_in_another_encoding_is_refused_by_name(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(SETTING, encoding="latin-1")
    with pytest.raises(SettingsError, match=r"config\.toml \(config file\): is no TOML"):
        load(environ={}, config_file=config)


def test_a_token_file_with_two_lines_is_refused_without_its_content(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("first\nsecond")
    with pytest.raises(SettingsError) as caught:
        find_token(load({"token_file": str(tmp_path / "token")}, environ={}).bot)
    assert str(caught.value) == f"token_file: {tmp_path / 'token'} has more than one line."
