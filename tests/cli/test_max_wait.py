"""`boss-bot get` and a site that asks to come back later: it says until when, and `--max-wait` ends the wait."""

import json
import re
import signal
import subprocess
from collections.abc import Iterator
from datetime import datetime

import attrs
import pytest

from boss_bot_core.cli.app import run_command_line
from boss_bot_core.cli.exit_codes import EXIT_USAGE
from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import Home, MakeHome

ASKED_S = 3_000


@pytest.fixture
def home(make_home: MakeHome) -> Home:
    """Return a home whose downloads have three attempts."""
    home = make_home()
    return attrs.evolve(home, environ=home.environ | {"BOSS_BOT_MAX_ATTEMPTS": "3"})


def busy_url(site: RemoteSite, status: int = 429) -> str:
    return f"{site.http_url}/status/{status}/clip.mp4?retry_after={ASKED_S}"


def test_a_wait_above_the_default_ends_the_download(home: Home, site: RemoteSite) -> None:
    result = home.get(busy_url(site, 429), busy_url(site, 503))
    codes = [outcome["error"]["code"] for outcome in result.outcomes]
    assert (result.exit_code, codes) == (1, ["rate_limit", "network"])
    for outcome in result.outcomes:
        assert (outcome["status"], outcome["attempts"]) == ("failed", 1)
        assert ASKED_S - 60 < outcome["error"]["retry_after_s"] < ASKED_S + 30
        assert "--max-wait" in outcome["error"]["message"]
    assert home.run("queue", "list", "--history", "2").stdout.count("failed") == 2


def test_the_text_tells_until_when_the_site_asks_to_wait(home: Home, site: RemoteSite) -> None:
    done = home.run("get", "--out", str(home.out), busy_url(site))
    found = re.search(r"rate_limit: .* Wait until (?:\S+ )?(\d\d:\d\d:\d\d)\.$", done.stdout, re.MULTILINE)
    assert found, done.stdout
    told = datetime.strptime(found[1], "%H:%M:%S").astimezone()
    now = datetime.now().astimezone()
    assert abs((told - now).total_seconds() % 86_400 - ASKED_S) < 60


def test_a_wait_below_the_limit_is_waited_and_announced(home: Home, site: RemoteSite) -> None:
    site.reset()
    url = f"{site.http_url}/flaky/429/1/clip.mp4?retry_after=2"
    result = home.get("--max-wait", "30s", url)
    assert (result.single_outcome["status"], result.single_outcome["attempts"]) == ("completed", 2)
    assert re.search(r"queued +until (?:\S+ )?\d\d:\d\d:\d\d \(\d+ s\), then attempt 2 of 3: ", result.stderr), (
        result.stderr
    )


@pytest.fixture
def patient(home: Home, site: RemoteSite) -> Iterator["subprocess.Popen[str]"]:
    """A command that waits for hours for its next attempt, and that runs the downloads of all commands."""
    with home.start("get", "--json", "--max-wait", "2h", "--out", str(home.out), busy_url(site)) as child:
        try:
            assert child.stderr is not None
            assert any("attempt 2 of 3" in line for line in child.stderr)
            yield child
        finally:
            child.kill()


def test_a_command_beside_the_one_that_downloads_ends_the_wait(
    home: Home, site: RemoteSite, patient: "subprocess.Popen[str]"
) -> None:
    second = home.get("--max-wait", "0", busy_url(site))
    stdout, _ = patient.communicate(timeout=30)
    assert (second.exit_code, second.error_code) == (1, "rate_limit")
    assert (patient.returncode, json.loads(stdout)["error"]["code"]) == (1, "rate_limit")


def test_a_cancelled_wait_ends_the_command(home: Home, patient: "subprocess.Popen[str]") -> None:
    listed = home.run("queue", "list").stdout
    assert "cancelled" in home.run("queue", "cancel", listed.split("#")[1][:6]).stdout
    stdout, _ = patient.communicate(timeout=30)
    assert (patient.returncode, json.loads(stdout)["status"]) == (1, "cancelled")


def test_a_later_command_does_not_wait_for_the_rest_of_the_queue(home: Home, patient: "subprocess.Popen[str]") -> None:
    patient.send_signal(signal.SIGINT)
    patient.communicate(timeout=30)
    done = home.run("get", timeout_s=60)
    assert done.returncode == 1
    assert "rate_limit" in done.stdout


@pytest.mark.parametrize("typed", ["soon", "-5", "5d"])
def test_a_wrong_wait_is_refused(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["get", "--max-wait", typed, "https://a.b/c"]) == EXIT_USAGE
    said = capsys.readouterr().err.replace("\n", " ")
    assert "90s, 5m or 1h" in said or "number of seconds" in said
