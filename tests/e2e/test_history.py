"""The daily clean-up of the real program: old records go after their files, and left servers after their days."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs

from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import Home

GUILD = 123456789012345678


def change(home: Home, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(home.data / "boss-bot.sqlite3", timeout=10)) as connection, connection:
        assert connection.execute(statement, values).rowcount > 0


def count(home: Home, table: str) -> int:
    with closing(sqlite3.connect(home.data / "boss-bot.sqlite3", timeout=10)) as connection:
        (found,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found)


def ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S.%f")


def clean(home: Home, **settings: str) -> dict[str, int]:
    done = attrs.evolve(home, environ=home.environ | settings).run("storage", "clean", "--deep", "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)[2]
    return found


def download(home: Home, site: RemoteSite, number: int) -> Path:
    outcome = home.get(f"{site.http_url}/files/clip.mp4?size_bytes=300000&number={number}").single_outcome
    assert outcome["status"] == "completed"
    return max(home.data.glob("downloads/*/*/*"), key=lambda path: path.stat().st_mtime)


def test_a_record_goes_after_its_files_and_after_the_days_of_the_setting(home: Home, site: RemoteSite) -> None:
    stored = download(home, site, 1)
    change(home, "UPDATE download_items SET completed_at = ?", ago(31))
    assert clean(home)["history"] == 0
    record = stored / "metadata.json"
    values = json.loads(record.read_text())
    record.write_text(json.dumps(values | {"expires_at": values["organised_at"]}))
    assert clean(home, BOSS_BOT_HISTORY_RETENTION_DAYS="40")["history"] == 0
    assert (stored.exists(), count(home, "download_items")) == (False, 1)
    assert clean(home)["history"] == 1
    assert (count(home, "download_items"), count(home, "downloaded_files")) == (0, 0)


def test_a_left_server_goes_after_the_days_of_the_setting(home: Home, site: RemoteSite) -> None:
    stored = download(home, site, 2)
    moved = home.data / "downloads" / str(GUILD) / stored.parent.name
    moved.parent.mkdir()
    stored.parent.rename(moved)
    change(home, "UPDATE download_items SET guild_id = ?", GUILD)
    change(
        home, "UPDATE downloaded_files SET file_path = replace(file_path, '/downloads/0/', ?)", f"/downloads/{GUILD}/"
    )
    change(home, "INSERT INTO guild_memberships (guild_id, left_at) VALUES (?, ?)", GUILD, ago(7.5))
    assert clean(home, BOSS_BOT_LEFT_SERVER_DAYS="8")["left_guilds"] == 0
    assert [path.is_dir() for path in (moved, moved / stored.name / "content")] == [True, True]
    assert clean(home)["left_guilds"] == 1
    assert [count(home, table) for table in ("download_items", "downloaded_files", "guild_memberships")] == [0, 0, 0]
    assert list(home.data.glob(f"downloads/{GUILD}/*/*")) == []
