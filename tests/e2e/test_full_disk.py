"""A disk that is full or read-only: the download or the start says so, and the next one works."""

from collections.abc import Iterator
from uuid import uuid4

import attrs
import pytest

from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import Home
from tests.e2e.processes import find_survivors, list_descendants
from tests.e2e.small_disk import SmallDisk, mount_small_disk

MEGABYTE = 1024 * 1024
LARGE = "files/clip.mp4?size_bytes=40000000"
SMALL = "files/clip.webm"
NO_RESERVE = {"BOSS_BOT_MIN_FREE_DISK_BYTES": "1"}


@pytest.fixture
def disk(home: Home) -> Iterator[SmallDisk]:
    with mount_small_disk(home.data, 20 * MEGABYTE) as disk:
        yield disk


@pytest.fixture
def small_home(home: Home, disk: SmallDisk) -> Home:
    return attrs.evolve(home, prefix=disk.prefix, environ=home.environ | NO_RESERVE)


@pytest.mark.parametrize("other_engine", ["gallerydl", "ytdlp"])
def test_a_download_larger_than_the_disk_fails_alone(
    small_home: Home, disk: SmallDisk, site: RemoteSite, other_engine: str
) -> None:
    links = f"{site.http_url}/{LARGE}", f"{site.http_url}/{SMALL}"
    result = small_home.get(*links, BOSS_BOT_MAX_CONCURRENT_DOWNLOADS="1", BOSS_BOT_DISABLED_PLUGINS=other_engine)
    errors = [outcome["error"] and outcome["error"]["code"] for outcome in result.outcomes]
    assert errors == ["disk_full", None], result.stderr
    assert disk.run("find", str(disk.folder / "cache" / "temp"), "-type", "f") == ""


@pytest.mark.parametrize("is_killed", [False, True], ids=["after a clean end", "after a crash"])
def test_a_disk_that_unfinished_downloads_fill_does_not_keep_the_bot_from_working(
    small_home: Home, disk: SmallDisk, site: RemoteSite, *, is_killed: bool
) -> None:
    if is_killed:
        # Fast enough to fill an engine's buffer at once, and too slow to end.
        with small_home.start("get", f"{site.http_url}/throttled/100000/clip.mp4?size_bytes=2000000") as child:
            try:
                disk.wait_for(disk.folder / "cache" / "temp", "*.part")
                processes = list_descendants(child.pid)
            finally:
                child.kill()
        # A process that ends later would free some space.
        assert not find_survivors(processes, within_s=30)
        # Closes the write-ahead log that the crash left, in which the database would have room.
        assert small_home.run("queue", "list").returncode == 0
    else:
        assert small_home.get(f"{site.http_url}/{SMALL}").exit_code == 0
    disk.fill(disk.folder / "cache" / "temp" / str(uuid4()) / "clip.mp4.part")
    result = small_home.get(f"{site.http_url}/files/photo-2.png")
    assert (result.exit_code, result.error_code) == (0, None), result.stderr


@pytest.mark.parametrize("arguments", [("get", "https://example.com/a.mp4"), ("queue", "list")])
def test_a_read_only_disk_is_told_as_such(small_home: Home, disk: SmallDisk, arguments: tuple[str, ...]) -> None:
    small_home.run("queue", "list")
    disk.make_read_only()
    done = small_home.run(*arguments)
    told = "The database {} cannot be used: unable to open database file (Read-only file system)."
    assert done.stderr.splitlines()[-1] == told.format(disk.folder / "boss-bot.sqlite3")
