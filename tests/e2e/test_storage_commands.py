"""`boss-bot storage report`, `clean` and `verify` on downloads that `boss-bot get` stored."""

import json
import shutil
from pathlib import Path

import pytest

from boss_bot_core.operations.cleanup.lock import hold_cleanup_lock
from boss_bot_core.storage import StorageLayout
from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import Home


@pytest.fixture
def stored(home: Home, site: RemoteSite) -> list[Path]:
    """Three stored downloads of one file each."""
    links = [f"{site.http_url}/files/clip.mp4?size_bytes=300000&number={number}" for number in range(3)]
    outcomes = home.get(*links).outcomes
    assert [outcome["status"] for outcome in outcomes] == ["completed"] * 3
    return sorted(home.data.glob("downloads/0/*/*/content/*"))


def test_verify_names_the_damaged_and_the_missing_files(home: Home, stored: list[Path]) -> None:
    good = home.run("storage", "verify")
    assert good.returncode == 0
    assert good.stdout.startswith("3 files are good, 0 are not; ")
    flipped, missing, gone = stored
    content = bytearray(flipped.read_bytes())
    content[len(content) // 2] ^= 1
    flipped.write_bytes(content)
    missing.unlink()
    shutil.rmtree(gone.parents[1])
    done = home.run("storage", "verify")
    assert done.returncode == 1
    assert set(done.stdout.splitlines()[:-1]) == {
        f"{flipped.parents[1].name}, {flipped.name}: is damaged: its checksum differs",
        f"{missing.parents[1].name}, {missing.name}: is missing",
        f"{gone.parents[1].name}, {gone.name}: is missing",
    }
    assert done.stdout.splitlines()[-1].startswith("0 files are good, 3 are not; ")
    answer = json.loads(home.run("storage", "verify", "--json").stdout)
    assert answer["checked"] == 3
    assert {each["file"] for each in answer["problems"]} == {flipped.name, missing.name, gone.name}


def test_the_daily_clean_up_withdraws_what_is_damaged(home: Home, site: RemoteSite, stored: list[Path]) -> None:
    flipped = stored[0]
    flipped.write_bytes(b"x" * flipped.stat().st_size)
    done = home.run("storage", "clean", "--deep", "--json")
    assert done.returncode == 1
    runs = json.loads(done.stdout)
    assert [run["kind"] for run in runs] == ["temp", "main", "deep"]
    assert (runs[2]["checked"], runs[2]["damaged"]) == (
        3,
        [f"{flipped.parents[1].name}, {flipped.name}: is damaged: its checksum differs"],
    )
    assert flipped.exists()
    link = json.loads((flipped.parents[1] / "metadata.json").read_text())["url"]
    again = home.get(link).single_outcome
    assert (again["status"], again["from_storage"]) == ("completed", False)


def test_the_report_groups_what_is_stored_and_a_clean_up_deletes_what_has_expired(
    home: Home, stored: list[Path]
) -> None:
    size = sum(path.stat().st_size for path in stored)
    report = json.loads(home.run("storage", "report", "--json").stdout)
    (guild,) = report["by_server"]
    assert (guild["label"], guild["count"]) == ("command line", 3)
    assert guild["size_bytes"] == report["stored_bytes"] > size
    assert report["by_type"] == [{"label": "video", "count": 3, "size_bytes": size}]
    assert [group["label"] for group in report["by_age"]] == ["1 hour"]
    assert [group["label"] for group in report["expires_within"]] == ["24 hours"]
    record = stored[0].parents[1] / "metadata.json"
    values = json.loads(record.read_text())
    record.write_text(json.dumps(values | {"expires_at": values["organised_at"]}))
    ids = {path.parents[1].name for path in stored[:1]}
    dry = json.loads(home.run("storage", "clean", "--dry-run", "--json").stdout)
    assert dry == [{"id": next(iter(ids)).replace("-", ""), "kind": "organised"}]
    assert stored[0].exists()
    done = home.run("storage", "clean")
    assert (done.returncode, "main: 1 downloads deleted" in done.stdout) == (0, True)
    assert [path.exists() for path in stored] == [False, True, True]
    text = home.run("storage", "report").stdout
    assert text.startswith("Stored: ")
    assert all(word in text for word in ("command line", "video", "24 hours", "main", "1 downloads deleted"))


async def test_a_second_clean_up_is_refused(home: Home) -> None:
    layout = StorageLayout(home.data, home.data / "cache")
    layout.prepare()
    async with hold_cleanup_lock(layout):
        done = home.run("storage", "clean")
    assert (done.returncode, done.stderr) == (1, "Another clean-up is under way; try again in a moment.\n")
