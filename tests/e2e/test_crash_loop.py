"""Test of a download that crashes the program at every start: it fails in the end, so that other downloads can run."""

import signal
import sqlite3
import time
from contextlib import closing

import pytest

from boss_bot_core.queue.retry import MAX_CRASHES
from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import Home, MakeHome


def read_running_claim(home: Home) -> int:
    """Return how often the running download has been claimed; 0 if none runs."""
    file = home.data / "boss-bot.sqlite3"
    if not file.exists():
        return 0
    with closing(sqlite3.connect(file)) as connection, connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'download_items'").fetchone():
            return 0
        row = connection.execute("SELECT claim FROM download_items WHERE status = 'downloading'").fetchone()
    return 0 if row is None else int(row[0])


def kill_during_claim(home: Home, *arguments: str, claim: int) -> None:
    with home.start("get", "--out", str(home.out), *arguments) as child:
        end = time.monotonic() + 30
        while read_running_claim(home) != claim and time.monotonic() < end:
            time.sleep(0.05)
        child.send_signal(signal.SIGKILL)
        child.communicate()
    assert read_running_claim(home) == claim


@pytest.mark.slow
def test_a_download_that_crashes_the_program_repeatedly_fails_with_a_message(
    make_home: MakeHome, site: RemoteSite
) -> None:
    home = make_home()
    kill_during_claim(home, f"{site.http_url}/stalling/0/clip.mp4", claim=1)
    kill_during_claim(home, claim=2)
    with closing(sqlite3.connect(home.data / "boss-bot.sqlite3")) as connection, connection:
        assert connection.execute("SELECT crash_count FROM download_items").fetchall() == [(1,)]
        connection.execute("UPDATE download_items SET crash_count = ?", (MAX_CRASHES - 2,))
    kill_during_claim(home, claim=3)
    got = home.get(f"{site.http_url}/files/clip.mp4")
    assert got.single_outcome["error"] is None
    listed = home.run("queue", "list", "--history", "2")
    assert f"The bot crashed {MAX_CRASHES} times in a row while this ran." in listed.stdout
