"""The command line in a process of its own: exit codes, texts and JSON."""

import json
import signal
import time
from pathlib import Path

import attrs
import pytest
import sqlalchemy as sa

from boss_bot_core.database.upgrade import upgrade
from boss_bot_sandbox.site import RemoteSite
from boss_bot_sandbox.site.twitter import tweet
from tests.e2e.harness import Home


def test_without_a_command_the_help_is_printed(home: Home) -> None:
    done = home.run()
    assert "get" in done.stdout + done.stderr
    assert done.returncode in {0, 2}


def test_the_version_is_printed(home: Home) -> None:
    assert home.run("--version").stdout.startswith("boss-bot 0.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nonsense",), "No such command"),
        (("get", "--priority", "urgent", "https://a.b/c"), "priority"),
        (("get", "--max-file-size", "huge", "https://a.b/c"), "50MB"),
        (("queue", "cancel"), "Missing argument"),
        (("get", "--out", __file__, "https://a.b/c"), "is a file"),
    ],
)
def test_wrong_usage_is_reported_with_exit_code_2(home: Home, arguments: tuple[str, ...], words: str) -> None:
    done = home.run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_all_wrong_settings_are_reported_together_with_exit_code_2(home: Home) -> None:
    done = home.run("get", "https://a.b/c", BOSS_BOT_MAX_QUEUE_SIZE="many", BOSS_BOT_STALL_S="-1", BOSS_BOT_NOSUCH="1")
    assert done.returncode == 2
    for name in ("BOSS_BOT_MAX_QUEUE_SIZE", "BOSS_BOT_STALL_S", "BOSS_BOT_NOSUCH"):
        assert name in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("queue", "list"), ("get", "https://a.b/c")])
def test_an_unusable_data_folder_is_reported_with_exit_code_2(home: Home, arguments: tuple[str, ...]) -> None:
    done = home.run(*arguments, BOSS_BOT_DATA_DIR=__file__)
    assert done.returncode == 2
    assert "Let data_dir name" in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_are_shown_without_secrets(home: Home) -> None:
    done = home.run("settings", "show", "--json", BOSS_BOT_TOKEN="very-secret", BOSS_BOT_LOG_LEVEL="ERROR")
    shown = json.loads(done.stdout)
    assert shown["log_level"]["value"] == "ERROR"
    assert shown["max_queue_size"] == {"value": "50", "source": "default"}
    assert "very-secret" not in done.stdout + done.stderr
    text = home.run("settings", "show", COLUMNS="80").stdout
    assert [name for name in shown if name not in text] == []
    assert "https://discord.com/api/v10" in home.run("settings", "show").stdout


def test_a_config_file_is_written_only_once_and_changes_no_setting(home: Home) -> None:
    file = home.folder / "config.toml"
    file.unlink()
    assert str(file) in home.run("settings", "path").stdout
    assert home.run("settings", "init").returncode == 0
    assert file.stat().st_mode & 0o077 == 0
    assert "# [plugins.ytdlp]" in file.read_text()
    again = home.run("settings", "init")
    assert again.returncode == 2
    assert "already there" in again.stderr
    assert json.loads(home.run("settings", "show", "--json").stdout)["max_queue_size"]["source"] == "default"


def test_a_cookie_file_without_a_plugin_causes_a_warning(home: Home, tmp_path: Path) -> None:
    cookies = tmp_path / "cookies.txt"
    cookies.write_text("# Netscape HTTP Cookie File")
    warning = "cookies has a file for 'twiter', but no plugin is called so: nobody uses it."
    listed = home.run("plugins", BOSS_BOT_COOKIES=f"twiter={cookies},reddit={cookies}")
    assert (listed.returncode, listed.stderr.strip()) == (0, warning)
    off = home.run("plugins", BOSS_BOT_COOKIES=f"reddit={cookies}", BOSS_BOT_DISABLED_PLUGINS="reddit")
    assert not off.stderr
    got = home.run("get", "not a link", BOSS_BOT_COOKIES=f"twiter={cookies}")
    assert warning in got.stderr


def test_the_plugins_are_listed_with_their_state(home: Home) -> None:
    text = home.run("plugins", "list", BOSS_BOT_DISABLED_PLUGINS="reddit").stdout
    assert "$dlt" in text
    assert "switched off" in text
    assert "!dlt" in home.run("plugins", BOSS_BOT_COMMAND_PREFIX="!").stdout
    assert home.run("plugins").stdout.count("in use") >= 4


def test_plugins_why_prints_the_candidates_with_their_reasons(home: Home) -> None:
    lines = home.run("plugins", "why", "https://x.com/a/status/123").stdout.splitlines()
    assert lines[0] == "https://x.com/a/status/123"
    assert lines[1].split()[:2] == ["1.", "twitter:"]
    assert any("same engine" in line for line in lines)
    assert home.run("plugins", "why", "ftp://a.b").returncode == 1


def test_plugins_why_names_the_plugins_that_could_not_be_asked(home: Home, tmp_path: Path) -> None:
    info = tmp_path / "boss_bot_broken-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: boss-bot-broken\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[boss_bot]\nbroken = boss_bot_broken\n")
    (tmp_path / "boss_bot_broken.py").write_text("1 / 0")
    changes = {"PYTHONPATH": str(tmp_path), "BOSS_BOT_DISABLED_PLUGINS": "reddit"}
    shown = (
        attrs.evolve(home, environ=home.environ | changes).run("plugins", "why", "https://x.com/a/status/123").stdout
    )
    assert "  -  broken: not in use: cannot be imported: ZeroDivisionError: division by zero" in shown.splitlines()
    assert "  -  reddit: not in use: switched off in the settings" in shown.splitlines()


def test_an_empty_queue_and_an_unknown_id_are_reported(home: Home) -> None:
    assert "empty" in home.run("queue", "list").stdout
    done = home.run("queue", "cancel", "abc123")
    assert done.returncode == 1
    assert "abc123" in done.stderr
    assert "queue list" in done.stderr
    assert home.run("queue", "list", "--history", "-1").returncode == 2
    assert "Nothing waits" in home.run("get").stderr


def test_a_database_upgrade_is_logged_and_not_printed(home: Home) -> None:
    home.data.mkdir()
    engine = sa.create_engine(f"sqlite:///{home.data / 'boss-bot.sqlite3'}")
    with engine.begin() as connection:
        upgrade(connection, None, "0001")
    engine.dispose()
    done = home.run("queue", "list")
    assert (done.stdout, done.stderr) == ("The queue is empty.\n", "")
    assert "0001" in (home.data / "logs" / "boss-bot.jsonl").read_text()


def test_the_next_start_continues_a_download_stopped_by_ctrl_c(home: Home, site: RemoteSite) -> None:
    site.reset()
    url = f"{site.http_url}/throttled/200000/clip.mp4?size_bytes=800000"
    with home.start("get", "--out", str(home.out), url) as child:
        end = time.monotonic() + 30
        while not any(part.stat().st_size > 50_000 for part in home.data.rglob("*.part")) and time.monotonic() < end:
            time.sleep(0.05)
        child.send_signal(signal.SIGINT)
        _, stderr = child.communicate(timeout=20)
    assert child.returncode == 130
    assert "continues" in stderr
    assert "Traceback" not in stderr
    listed = home.run("queue", "list").stdout
    assert "queued" in listed
    result = home.get(url)
    assert result.single_outcome["status"] == "completed"
    assert result.single_outcome["attempts"] == 1
    assert len(site.requests.matching("/throttled/")) == 2
    history = home.run("queue", "list", "--history", "5").stdout
    assert history.count("completed") == 1


def test_a_failed_download_can_be_retried_and_cancelled(home: Home, site: RemoteSite) -> None:
    assert home.get(f"{site.http_url}/status/404/clip.mp4").exit_code == 1
    row = next(line for line in home.run("queue", "list", "--history", "1").stdout.splitlines() if "failed" in line)
    item_id = row.split("#")[1][:6]
    assert "queued" in home.run("queue", "retry", item_id).stdout
    assert "cancelled" in home.run("queue", "cancel", item_id).stdout


def test_the_log_has_one_line_for_each_finished_download(home: Home, site: RemoteSite) -> None:
    assert home.get(f"{site.http_url}/files/clip.mp4").exit_code == 0
    assert home.get(f"{site.http_url}/status/404/clip.mp4").exit_code == 1
    assert home.data.stat().st_mode & 0o077 == 0
    entries = [json.loads(line) for line in (home.data / "logs" / "boss-bot.jsonl").read_text().splitlines()]
    ends = [entry for entry in entries if entry.get("action") in {"completed", "failed", "cancelled"}]
    assert [(entry["action"], len(entry["job_id"])) for entry in ends] == [("completed", 6), ("failed", 6)]
    assert "not_found" in ends[1]["message"]


def test_an_address_without_scheme_is_a_link_where_a_plugin_knows_the_host(home: Home, site: RemoteSite) -> None:
    site.reset()
    post = tweet("photo")
    assert home.get(post.url.removeprefix("https://")).single_outcome["status"] == "completed"
    unknown = home.get("media.example.com/files/photo-1.jpg")
    assert unknown.exit_code == 1
    expected = "No plugin knows media.example.com: write https:// in front of the whole address."
    assert unknown.single_outcome["error"]["message"].startswith(expected)
    assert home.run("plugins", "why", "x.com/a/status/123").stdout.splitlines()[0] == "https://x.com/a/status/123"
