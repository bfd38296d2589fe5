"""Tests for `kill -9` at random moments of a commit: stored downloads are complete, and the next attempt succeeds."""

import asyncio
import pickle
import random
import sys
from pathlib import Path

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.storage import Storage, StorageLayout, VerifiedFile
from boss_bot_core.storage.metadata import read_record
from tests.storage.conftest import BuildVerified

KILLS = 15
# Replaces one set of files with the other, without end.
CHILD = """
import pickle, sys
from datetime import timedelta
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.storage.commit import store_files

layout, one, two = pickle.load(sys.stdin.buffer)
print("ready", flush=True)
while True:
    for download in (one, two):
        store_files(layout, download, now=utc_now(), expires_at=utc_now() + timedelta(hours=1))
"""


def with_path(file: VerifiedFile, path: Path) -> VerifiedFile:
    return attrs.evolve(file, fetched=attrs.evolve(file.fetched, path=path))


def read_contents(target: Path) -> list[bytes]:
    record = read_record(target)
    return [] if record is None else [file.file_path.read_bytes() for file in record.files]


async def test_a_store_survives_a_kill_at_any_moment(
    storage: Storage, layout: StorageLayout, item: DownloadItem, build_verified: BuildVerified
) -> None:
    one = build_verified(b"a" * 300_000, b"b" * 200_000)
    paths = [file.path.rename(file.path.with_suffix(".one")) for file in one.files]
    one = attrs.evolve(one, files=tuple(with_path(file, path) for file, path in zip(one.files, paths, strict=True)))
    two = build_verified(b"c" * 400_000)
    complete = [[b"a" * 300_000, b"b" * 200_000], [b"c" * 400_000], []]
    target = layout.download_folder(item)
    rng = random.Random(4)
    for _ in range(KILLS):
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", CHILD, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(pickle.dumps((layout, one, two)))
        child.stdin.write_eof()
        assert await child.stdout.readline() == b"ready\n"
        await asyncio.sleep(rng.uniform(0.0, 0.05))
        child.kill()
        await child.wait()
        assert read_contents(target) in complete
        await storage.store(one)
        assert read_contents(target) == complete[0]
        assert [path.name for path in target.parent.iterdir()] == [str(item.id)]
