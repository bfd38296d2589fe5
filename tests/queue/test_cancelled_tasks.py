"""A task that is cancelled while it writes: what it began is written, and the next one can go on."""

import asyncio

import pytest

from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import DownloadQueue
from boss_bot_core.testing.store.base import StoreContract, build_download_error, build_new_download, claim_item


class TestCancelledTasks(StoreContract):
    @pytest.mark.parametrize("turns", [1, 2, 3, 5, 8, 13, 21, 34])
    async def test_a_write_that_began_is_written(self, queue: DownloadQueue, turns: int) -> None:
        item = await claim_item(queue)
        task = asyncio.create_task(queue.claims.advance(item, DownloadStatus.PROCESSING))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        kept = await queue.reader.get(item.id)
        assert kept.status is DownloadStatus.PROCESSING
        assert (await queue.claims.fail(kept, build_download_error(kept))).status is DownloadStatus.FAILED

    async def test_the_cancellation_itself_is_not_swallowed(self, queue: DownloadQueue) -> None:
        task = asyncio.create_task(queue.submit(build_new_download()))
        await asyncio.sleep(0)
        for _ in range(3):
            task.cancel()
            await asyncio.sleep(0)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await queue.reader.state()).total_items == 1

    async def test_a_timeout_ends_as_a_timeout(self, queue: DownloadQueue) -> None:
        async def submit_in_no_time() -> None:
            async with asyncio.timeout(0.0001):
                while True:
                    await queue.control.pause((await queue.submit(build_new_download())).id)

        with pytest.raises(TimeoutError):
            await submit_in_no_time()

    async def test_an_error_that_a_cancelled_task_missed_makes_no_noise(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        await queue.claims.release(item)
        task = asyncio.create_task(queue.claims.release(item))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
