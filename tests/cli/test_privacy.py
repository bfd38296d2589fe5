"""`boss-bot privacy show` and `delete`, without a bot and beside a process that runs downloads."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import attrs

from boss_bot_core.app.disk import LOCK_NAME
from boss_bot_core.database import Database
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.preferences import PreferenceChoices
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import transitions
from boss_bot_core.queue.dispatcher_lock import DispatcherLock
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import build_new_download
from tests.e2e.harness import Home

USER, NOW = 123456789012345678, datetime(2026, 11, 22, 12, tzinfo=UTC)


async def prepare(home: Home, status: DownloadStatus) -> DownloadItem:
    """Give the user a download with a status, with files on the disk, preferences, and lines in the log."""
    item = attrs.evolve(to_item(build_new_download(user_id=USER), NOW), status=status)
    (home.data / "cache" / "temp" / str(item.id)).mkdir(parents=True)
    stored = home.data / "downloads" / "1" / "2026-11-22" / str(item.id)
    stored.mkdir(parents=True)
    (stored / "metadata.json").write_text(json.dumps({"user_id": USER}))
    (home.data / "logs").mkdir()
    (home.data / "logs" / "boss-bot.jsonl").write_text(json.dumps({"job_id": item.short_id}) + "\n")
    async with Database.open(f"sqlite:///{home.data}/boss-bot.sqlite3") as database, database.begin() as tx:
        await tx.items.insert(item)
        await tx.users.put_preferences(USER, PreferenceChoices(max_retries=0))
    return item


def find(home: Home, item: DownloadItem) -> list[Path]:
    """Return the files and folders of the data folder that have something of the user."""
    words = [word.encode() for word in (str(USER), item.short_id, item.id.hex, str(item.id))]
    found = []
    for path in home.data.rglob("*"):
        content = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
        if any(word in content for word in words):
            found.append(path)
    return found


async def test_without_a_bot_downloads_that_a_crash_left_running_are_deleted_too(home: Home) -> None:
    item = await prepare(home, DownloadStatus.DOWNLOADING)
    shown = await asyncio.to_thread(home.run, "privacy", "show", str(USER), "--json")
    kept = json.loads(shown.stdout)
    assert (kept["downloads"], kept["unfinished"], kept["settings"]) == (1, 1, 1)
    assert kept["periods"]["records_days"] == 30
    assert find(home, item) != []
    done = await asyncio.to_thread(home.run, "privacy", "delete", str(USER), "--yes", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report == {
        "cancelled": 1,
        "downloads": 1,
        "files": 0,
        "messages": 0,
        "settings": 1,
        "folders": 2,
        "freed_bytes": report["freed_bytes"],
        "log_lines": 1,
        "remaining": 0,
        "failed": [],
        "complete": True,
    }
    assert find(home, item) == []
    again = await asyncio.to_thread(home.run, "privacy", "delete", str(USER), "--yes")
    assert again.stdout.startswith("Deleted: 0 downloads (0 cancelled first), ")


async def test_beside_a_bot_a_running_download_is_cancelled_and_awaited(home: Home) -> None:
    item = await prepare(home, DownloadStatus.DOWNLOADING)
    (home.data / ".locks").mkdir()
    with DispatcherLock(home.data / ".locks" / LOCK_NAME), home.start("privacy", "delete", str(USER), "--yes") as child:
        async with Database.open(f"sqlite:///{home.data}/boss-bot.sqlite3") as database, asyncio.timeout(30):
            while True:
                async with database.begin() as tx:
                    current = await tx.items.get(item.id)
                    assert current is not None
                    if current.cancel_requested:
                        await tx.items.replace(current, transitions.cancel(current, NOW))
                        break
                await asyncio.sleep(0.05)
        stdout, stderr = await asyncio.to_thread(child.communicate)
    assert (child.returncode, stderr) == (0, "")
    assert stdout.startswith("Deleted: 1 downloads (1 cancelled first), ")
    assert find(home, item) == []


async def test_nothing_is_deleted_without_a_yes(home: Home) -> None:
    item = await prepare(home, DownloadStatus.PAUSED)
    done = await asyncio.to_thread(home.run, "privacy", "delete", str(USER))
    assert done.returncode != 0
    assert f"Delete everything that is kept of user {USER}?" in done.stderr
    assert find(home, item) != []
    text = (await asyncio.to_thread(home.run, "privacy", "show", str(USER))).stdout
    assert text == f"User {USER}: 1 downloads (1 unfinished), 0 stored files, 0 messages, 1 settings.\n"


async def test_an_id_that_is_none_is_refused(home: Home) -> None:
    assert (await asyncio.to_thread(home.run, "privacy", "delete", "0", "--yes")).returncode == 2
