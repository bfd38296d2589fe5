"""No text of the settings contains the token or the password of the database."""

import traceback
from pathlib import Path

import pytest

from boss_bot_core.errors import SettingsError
from boss_bot_core.settings import describe_settings, find_token, load, load_with_sources

TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"
DATABASE = "postgresql+asyncpg://bot:pass@word@db.example/boss"
PROXY = "http://bot:open@sesame@proxy.example:3128"


def test_no_text_contains_the_token(tmp_path: Path) -> None:
    environ = {"BOSS_BOT_TOKEN": TOKEN, "BOSS_BOT_DATABASE_URL": DATABASE, "BOSS_BOT_DISCORD_PROXY": PROXY}
    loaded = load_with_sources(environ=environ)
    token = loaded.settings.bot.token
    assert token is not None
    assert token.get_secret_value() == TOKEN
    texts = repr(loaded) + str(loaded.settings) + repr(describe_settings(loaded))
    assert TOKEN not in texts
    assert "word@" not in texts
    assert "sesame" not in texts
    assert "http://bot:***@proxy.example:3128" in texts
    assert {row.value for row in describe_settings(loaded) if row.name == "token"} == {"***"}


@pytest.mark.parametrize(
    "environ",
    [
        {"BOSS_BOT_TOKEN": f"{TOKEN}\n{TOKEN}"},
        {"BOSS_BOT_DATABASE_URL": f"mysql:{TOKEN}"},
        {"BOSS_BOT_DISCORD_PROXY": f"socks5://bot:{TOKEN}@proxy.example"},
    ],
)
def test_a_wrong_secret_is_not_shown_in_the_error(environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as caught:
        load(environ=environ)
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


def test_the_token_can_be_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN + "\n", encoding="utf-8")
    bot = load(environ={"BOSS_BOT_TOKEN_FILE": str(file)}).bot
    token = find_token(bot)
    assert token is not None
    assert token.get_secret_value() == TOKEN
    assert TOKEN not in repr(bot)


def test_the_token_overrides_the_token_file_and_may_be_missing(tmp_path: Path) -> None:
    file = tmp_path / "token"
    both = load(environ={"BOSS_BOT_TOKEN": TOKEN, "BOSS_BOT_TOKEN_FILE": str(file)}).bot
    assert find_token(both) is both.token
    assert find_token(load(environ={}).bot) is None


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"])
def test_an_unusable_token_file_is_an_error_when_the_token_is_read(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    bot = load(environ={"BOSS_BOT_TOKEN_FILE": str(file)}).bot
    with pytest.raises(SettingsError, match="token_file"):
        find_token(bot)
