"""What a plugin's author reads after a mistake: the command's answer, one attempt, and the log with the reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.harness import Home, Result
from tests.worker.conftest import plugin_site

__all__ = ["plugin_site"]

ADVICE = "This is a bug; the log file in the data folder tells more."


def _get(home: Home, site: Path, *paths: str, attempts: int = 3, log_level: str = "INFO") -> Result:
    inherited = home.environ["BOSS_BOT_WORKER_ENVIRONMENT"]
    return home.get(
        *(f"https://trial.example/{path}" for path in paths),
        PYTHONPATH=str(site),
        BOSS_BOT_WORKER_ENVIRONMENT=",".join(filter(None, (inherited, "PYTHONPATH"))),
        BOSS_BOT_MAX_ATTEMPTS=str(attempts),
        BOSS_BOT_LOG_LEVEL=log_level,
    )


def _read_log(home: Home, **fields: str) -> list[dict[str, Any]]:
    lines = (home.data / "logs" / "boss-bot.jsonl").read_text().splitlines()
    entries = [json.loads(line) for line in lines]
    return [entry for entry in entries if all(entry.get(name) == value for name, value in fields.items())]


def _list_tried(home: Home) -> list[str]:
    return [entry["plugin"] for entry in _read_log(home, action="candidate_failed")]


@pytest.mark.parametrize(
    ("path", "message", "last_line"),
    [
        (
            "return_nothing",
            "Plugin trial returned None from bossbot_download, which must return a DownloadResult.",
            None,
        ),
        (
            "use_wrong_type",
            "Plugin trial has a bug (TypeError).",
            "TypeError: 'NoneType' object is not subscriptable",
        ),
    ],
)
def test_a_mistake_is_named_once_and_logged_with_its_plugin_and_download(
    home: Home, plugin_site: Path, path: str, message: str, last_line: str | None
) -> None:
    result = _get(home, plugin_site, path)
    outcome = result.single_outcome
    assert (outcome["error"]["code"], outcome["error"]["message"]) == ("unknown", f"{message} {ADVICE}")
    assert outcome["attempts"] == 1
    assert _list_tried(home) == ["trial"]
    [failed] = _read_log(home, action="failed")
    [logged] = _read_log(home, action="worker", level="ERROR")
    assert (logged["message"], logged["plugin"], logged["job_id"]) == (message, "trial", failed["job_id"])
    assert logged.get("traceback", "\n").splitlines()[-1] == (last_line or "")


def test_an_exception_that_can_depend_on_the_site_falls_back_to_the_next_plugin(home: Home, plugin_site: Path) -> None:
    _get(home, plugin_site, "read_wrong_answer", attempts=1)
    assert _list_tried(home) == ["trial", "ytdlp"]
    [logged] = _read_log(home, action="worker", level="WARNING", plugin="trial")
    assert logged["message"] == "Plugin trial broke (KeyError)."
    assert logged["traceback"].splitlines()[-1] == "KeyError: 'file'"


def test_a_rate_limit_is_not_passed_to_the_next_plugin(home: Home, plugin_site: Path) -> None:
    result = _get(home, plugin_site, "raise_rate_limit")
    assert result.error_code == "rate_limit"
    assert _list_tried(home) == ["trial"]


def test_the_lines_of_a_plugin_are_in_the_log_without_secrets(home: Home, plugin_site: Path) -> None:
    cookies = home.folder / "cookies.txt"
    cookies.write_text(".trial.example\tTRUE\t/\tTRUE\t0\tsession\tvalue-of-the-cookie\n")
    cookies.chmod(0o600)
    with (home.folder / "config.toml").open("a") as config:
        config.write(f'[cookies]\ntrial = "{cookies}"\n')
    result = _get(home, plugin_site, "log_cookies")
    [logged] = _read_log(home, action="engine", level="ERROR", plugin="trial")
    assert logged["message"] == "loguru error with ***"
    assert logged["traceback"].splitlines()[-1] == "ValueError: ***"
    assert "value-of-the-cookie" not in (home.data / "logs" / "boss-bot.jsonl").read_text() + result.stderr
    assert "loguru error with ***" not in result.stderr
    shown = _get(home, plugin_site, "log_cookies", log_level="DEBUG").stderr
    assert "loguru error with ***" in shown
    assert "value-of-the-cookie" not in shown
