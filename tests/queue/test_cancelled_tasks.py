"""Tests for cancelled tasks: a started write completes, and the next one succeeds."""

import asyncio

import pytest

from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import DownloadQueue
from boss_bot_core.testing.store.base import StoreContract, build_failure, build_new_download, claim_item


class TestCancelledTasks(StoreContract):
    @pytest.mark.parametrize("turns", [1, 2, 3, 5, 8, 13, 21, 34])
    async def test_a_started_write_completes_after_a_cancellation(self, queue: DownloadQueue, turns: int) -> None:
        item = await claim_item(queue)
        task = asyncio.create_task(queue.claims.advance(item, DownloadStatus.PROCESSING))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        kept = await queue.reader.get(item.id)
        assert kept.status is DownloadStatus.PROCESSING
        assert (await queue.claims.fail(kept, build_failure(kept))).status is DownloadStatus.FAILED

    async def test_a_cancellation_is_raised_after_the_write(self, queue: DownloadQueue) -> None:
        task = asyncio.create_task(queue.submit(build_new_download()))
        await asyncio.sleep(0)
        for _ in range(3):
            task.cancel()
            await asyncio.sleep(0)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await queue.reader.state()).total_items == 1

    async def test_a_timeout_raises_a_timeout_error(self, queue: DownloadQueue) -> None:
        async def submit_in_no_time() -> None:
            async with asyncio.timeout(0.0001):
                while True:
                    await queue.control.pause((await queue.submit(build_new_download())).id)

        with pytest.raises(TimeoutError):
            await submit_in_no_time()

    async def test_the_error_of_a_cancelled_write_is_not_reported(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        await queue.claims.release(item)
        task = asyncio.create_task(queue.claims.release(item))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
