"""Tests for `kill -9` at random moments: no reported write is lost, rows are valid, and the next start continues."""

import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from boss_bot_core.database import Database
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import RUNNING, DownloadStatus

WORKLOAD = Path(__file__).parent / "crash_workload.py"


@contextmanager
def start_workload(folder: Path, seed: int, mode: str) -> Iterator[subprocess.Popen[str]]:
    arguments = [f"sqlite:///{folder}/queue.db", f"{folder}/dispatcher", str(seed), mode]
    with subprocess.Popen([sys.executable, WORKLOAD, *arguments], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def parse_events(text: str) -> list[list[str]]:
    # The kill may truncate the last line.
    return [line.split() for line in text.split("\n")[:-1]]


async def read_items(folder: Path) -> dict[UUID, DownloadItem]:
    async with Database.open(f"sqlite:///{folder}/queue.db") as database, database.connect() as tx:
        items = await tx.items.list_by_status(DownloadStatus)
        files = {item.id: len(await tx.files.list_for_item(item.id)) for item in items}
    assert all(files[item.id] == (item.status is DownloadStatus.COMPLETED) for item in items)
    return {item.id: item for item in items}


def check_integrity(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "queue.db")) as connection, connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def check_events(events: list[list[str]], kept: dict[UUID, DownloadItem]) -> None:
    for action, item_id, *_ in (event for event in events if len(event) > 1):
        assert UUID(item_id) in kept, f"{action} {item_id} is lost"
        if action == "complete":
            assert kept[UUID(item_id)].status is DownloadStatus.COMPLETED
        if action == "fail":
            assert kept[UUID(item_id)].status is DownloadStatus.FAILED
    claims = Counter(
        (item_id, rest[0]) for action, item_id, *rest in (e for e in events if len(e) > 2) if action == "claimed"
    )
    assert max(claims.values(), default=0) <= 1


@pytest.mark.parametrize("rounds", [5, pytest.param(30, marks=pytest.mark.slow)])
async def test_killed_dispatchers_lose_nothing(tmp_path: Path, rounds: int) -> None:
    rng, events = random.Random(rounds), list[list[str]]()
    for number in range(rounds):
        with start_workload(tmp_path, number, "work") as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            assert first.startswith("recovered")
            time.sleep(rng.uniform(0.0, 0.6))  # noqa: ASYNC251 - the moment of the kill
            process.kill()
            events += parse_events(process.stdout.read())
        check_integrity(tmp_path)
        kept = await read_items(tmp_path)
        check_events(events, kept)
        assert sum(item.status in RUNNING for item in kept.values()) <= 5
    with start_workload(tmp_path, rounds, "drain") as process:
        assert process.stdout is not None
        events += parse_events(process.stdout.read())
        assert process.wait() == 0
    kept = await read_items(tmp_path)
    check_events(events, kept)
    assert all(item.is_finished for item in kept.values())
    assert {event[0] for event in events} >= {
        "submitted",
        "claimed",
        "complete",
        "fail",
        "retry",
        "release",
        "requested",
    }
