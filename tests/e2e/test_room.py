"""Ten downloads at once share little room on a small disk: never too much lies on it, and nothing is damaged."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest, sha256
from urllib.request import urlopen

import attrs
import pytest

from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import Home
from tests.e2e.small_disk import SmallDisk, mount_small_disk

MB = 1024 * 1024
DISK_BYTES, LIMIT_BYTES, RESERVE_BYTES = 120 * MB, 100 * MB, 2 * MB
TEN = {
    "BOSS_BOT_TEMP_STORAGE_BYTES": str(LIMIT_BYTES),
    "BOSS_BOT_MIN_FREE_DISK_BYTES": str(RESERVE_BYTES),
    "BOSS_BOT_MAX_CONCURRENT_DOWNLOADS": "10",
    "BOSS_BOT_STALL_S": "60",
    "BOSS_BOT_LOG_LEVEL": "WARNING",
}
_MEASURE = """
while [ -d "$1" ]; do
  echo "$(find "$1/cache/temp" -type f -printf '%s\\n' 2>/dev/null | awk '{ sum += $1 } END { print sum + 0 }')" \
    "$(df --output=avail -B1 "$1" | tail -1)"
  sleep 0.1
done
"""


@pytest.fixture
def disk(home: Home) -> Iterator[SmallDisk]:
    with mount_small_disk(home.data, DISK_BYTES) as disk:
        yield disk


@pytest.fixture
def small_home(home: Home, disk: SmallDisk) -> Home:
    return attrs.evolve(home, prefix=disk.prefix, environ=home.environ | TEN)


@attrs.define
class Extremes:
    """The most bytes of unfinished downloads, and the least free space, in ten measurements a second."""

    most_temp_bytes: int = 0
    least_free_bytes: int = DISK_BYTES


@contextmanager
def measured(disk: SmallDisk) -> Iterator[Extremes]:
    found = Extremes()
    command = [*disk.prefix, "sh", "-c", _MEASURE, "sh", str(disk.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        try:
            yield found
        finally:
            child.kill()
            assert child.stdout is not None
            rows = [[int(word) for word in line.split()] for line in child.stdout.read().splitlines()[:-1]]
            assert len(rows) > 5
            found.most_temp_bytes = max(row[0] for row in rows)
            found.least_free_bytes = min(row[1] for row in rows)


def fetch_checksum(link: str) -> str:
    with urlopen(link) as response:
        return file_digest(response, "sha256").hexdigest()


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("route", ["files", "unsized"])
def test_ten_downloads_at_once_stay_within_the_limit_and_the_disk(
    small_home: Home, disk: SmallDisk, site: RemoteSite, route: str
) -> None:
    links = [f"{site.http_url}/{route}/clip.mp4?size_bytes={(20 + number) * MB}" for number in range(10)]
    with measured(disk) as extremes:
        result = small_home.get(*links, timeout_s=500)
    assert [outcome["error"] for outcome in result.outcomes] == [None] * 10, result.stderr
    assert 0 < extremes.most_temp_bytes <= LIMIT_BYTES
    # The database and the log are written too, and need some of what is kept free.
    assert extremes.least_free_bytes >= RESERVE_BYTES - MB
    delivered = {sha256(path.read_bytes()).hexdigest() for path in small_home.out.iterdir()}
    assert delivered == {fetch_checksum(link) for link in links}
    assert disk.run("find", str(disk.folder / "cache" / "temp"), "-type", "f") == ""


@pytest.mark.parametrize("route", ["files", pytest.param("unsized", marks=pytest.mark.slow)])
def test_a_download_larger_than_the_room_fails_alone_and_the_next_one_works_without_a_restart(
    small_home: Home, disk: SmallDisk, site: RemoteSite, route: str
) -> None:
    links = f"{site.http_url}/{route}/clip.mp4?size_bytes={200 * MB}", f"{site.http_url}/files/clip.webm"
    with measured(disk) as extremes:
        result = small_home.get(
            *links, timeout_s=300, BOSS_BOT_MAX_CONCURRENT_DOWNLOADS="1", BOSS_BOT_MAX_FILE_SIZE_MB="300"
        )
    large, small = result.outcomes
    assert large["error"]["code"] == "disk_full", result.stderr
    assert "The download needs more than the 100.0 MB that the bot has room for." in large["error"]["message"]
    assert small["error"] is None
    assert extremes.most_temp_bytes <= LIMIT_BYTES
    assert disk.run("find", str(disk.folder / "cache" / "temp"), "-type", "f") == ""
