"""Tests for a suspended process whose item was recovered: it can no longer write after it wakes up."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from boss_bot_core.database import Database
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.testing.store.base import build_new_download

RUNNER = """
import asyncio, sys
from boss_bot_core.database import Database
from boss_bot_core.queue import DownloadQueue, QueueLimits, StaleClaimError
from boss_bot_core.domain.status import DownloadStatus
async def main():
    async with Database.open(sys.argv[1]) as database:
        queue = DownloadQueue(database, QueueLimits, notify=lambda: None)
        item = await queue.claim_next()
        item = await queue.claims.advance(item, DownloadStatus.PROCESSING)
        print("processing", flush=True)
        sys.stdin.readline()
        try:
            await queue.claims.complete(item, [])
        except StaleClaimError as error:
            print(error, flush=True)
asyncio.run(main())
"""


@pytest.mark.parametrize("reclaimed", [True, False])
async def test_a_suspended_runner_cannot_complete_a_download_with_a_stale_claim(
    tmp_path: Path, *, reclaimed: bool
) -> None:
    url = f"sqlite:///{tmp_path}/queue.db"
    async with Database.open(url) as database:
        queue = DownloadQueue(database, QueueLimits, notify=lambda: None)
        item = await queue.submit(build_new_download())
        runner = subprocess.Popen(  # noqa: ASYNC220 - started and stopped, not waited for
            [sys.executable, "-c", RUNNER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert runner.stdout is not None
        assert runner.stdout.readline() == "processing\n"
        os.kill(runner.pid, signal.SIGSTOP)
        await queue.recover()
        owner = await queue.claim_next() if reclaimed else None
        os.kill(runner.pid, signal.SIGCONT)
        output, _ = runner.communicate("go on\n", timeout=30)
        state = "downloading under claim 2" if reclaimed else "queued under claim 1"
        assert output == f"Claim 1 on download #{item.short_id} has ended: the download is {state}.\n"
        kept = await queue.reader.get(item.id)
        assert kept.status is (DownloadStatus.DOWNLOADING if reclaimed else DownloadStatus.QUEUED)
        assert owner is None or kept == owner
