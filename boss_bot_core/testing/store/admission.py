"""Contract tests for admission: concurrent submits never exceed the limit for waiting downloads."""
# ruff: noqa: D102 - the names of the tests are their documentation

import asyncio

import pytest

from boss_bot_core.database import Database
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.status import DownloadPriority, DownloadStatus
from boss_bot_core.errors import QueueFullError
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.testing.store.base import StoreContract, build_new_download, claim_item

_LOW, _HIGH = DownloadPriority.LOW, DownloadPriority.HIGH


class AdmissionContract(StoreContract):
    """Contract tests: submission, and the limits for waiting downloads."""

    async def test_a_submitted_download_is_stored_unchanged(self, queue: DownloadQueue) -> None:
        new = build_new_download(user_id=2**63 - 1)
        item = await queue.submit(new)
        kept = await queue.reader.get(item.id)
        assert kept == item
        assert (kept.user_id, kept.url, kept.options, kept.destination) == (
            new.user_id,
            new.url,
            new.options,
            new.destination,
        )
        assert (kept.status, kept.claim, kept.attempt_count) == (DownloadStatus.QUEUED, 0, 0)

    async def test_eighty_concurrent_submits_leave_exactly_fifty_waiting(self, database: Database) -> None:
        queue = DownloadQueue(database, QueueLimits, notify=lambda: None)
        answers = await asyncio.gather(*(queue.submit(build_new_download()) for _ in range(80)), return_exceptions=True)
        assert sum(isinstance(answer, DownloadItem) for answer in answers) == 50
        assert sum(isinstance(answer, QueueFullError) for answer in answers) == 30
        assert (await queue.reader.state()).total_items == 50

    async def test_two_connections_to_one_database_share_the_limit(self, database_url: str) -> None:
        async with Database.open(database_url) as one, Database.open(database_url) as two:
            queues = [DownloadQueue(each, QueueLimits, notify=lambda: None) for each in (one, two)]
            answers = await asyncio.gather(
                *(queues[n % 2].submit(build_new_download()) for n in range(80)), return_exceptions=True
            )
        assert sum(isinstance(answer, DownloadItem) for answer in answers) == 50

    async def test_paused_items_count_as_waiting(self, queue: DownloadQueue) -> None:
        for _ in range(6):
            await queue.control.pause((await queue.submit(build_new_download())).id)
        with pytest.raises(QueueFullError):
            await queue.submit(build_new_download())

    async def test_running_items_do_not_count_as_waiting(self, queue: DownloadQueue) -> None:
        await claim_item(queue)
        for _ in range(6):
            await queue.submit(build_new_download())
        assert (await queue.reader.state()).is_full

    async def test_a_requested_retry_needs_capacity(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        await queue.claims.cancel_running(item)
        for _ in range(6):
            await queue.submit(build_new_download())
        with pytest.raises(QueueFullError):
            await queue.control.retry(item.id)
        assert (await queue.reader.get(item.id)).status is DownloadStatus.CANCELLED

    async def test_in_a_full_queue_a_more_important_download_displaces_the_newest_of_the_least_important(
        self, queue: DownloadQueue
    ) -> None:
        low = [await queue.submit(build_new_download(priority=_LOW)) for _ in range(2)]
        others = [await queue.submit(build_new_download()) for _ in range(4)]
        with pytest.raises(QueueFullError):
            await queue.submit(build_new_download(priority=_LOW))
        high = [await queue.submit(build_new_download(priority=_HIGH)) for _ in range(3)]
        displaced = await queue.list_displaced(low[0].created_at)
        assert [item.id for item in displaced] == [low[1].id, low[0].id, others[-1].id]
        assert {(item.status, item.error_type) for item in displaced} == {(DownloadStatus.FAILED, ErrorType.QUEUE_FULL)}
        assert await queue.list_displaced(displaced[0].completed_at or low[0].created_at) == displaced[1:]
        waiting = (await queue.reader.state()).items
        assert {item.id for item in waiting} == {item.id for item in (*others[:-1], *high)}
        with pytest.raises(QueueFullError):
            await queue.submit(build_new_download())

    async def test_a_paused_download_can_be_displaced_and_a_requested_retry_displaces(
        self, queue: DownloadQueue
    ) -> None:
        urgent = await claim_item(queue, build_new_download(priority=_HIGH))
        await queue.claims.cancel_running(urgent)
        low = [await queue.submit(build_new_download(priority=_LOW)) for _ in range(6)]
        await queue.control.pause(low[-1].id)
        assert (await queue.control.retry(urgent.id)).item.status is DownloadStatus.QUEUED
        assert [item.id for item in await queue.list_displaced(low[0].created_at)] == [low[-1].id]
        with pytest.raises(QueueFullError):
            await queue.control.retry(low[-1].id)

    async def test_concurrent_submits_of_two_priorities_leave_exactly_fifty_waiting(self, database: Database) -> None:
        queue = DownloadQueue(database, QueueLimits, notify=lambda: None)
        for _ in range(50):
            await queue.submit(build_new_download(priority=_LOW))
        new = [build_new_download(priority=(_HIGH if number % 2 else _LOW)) for number in range(40)]
        answers = await asyncio.gather(*(queue.submit(each) for each in new), return_exceptions=True)
        assert [isinstance(answer, QueueFullError) for answer in answers] == [not number % 2 for number in range(40)]
        state = await queue.reader.state(page_size=None)
        assert [item.priority for item in state.items] == [_HIGH] * 20 + [_LOW] * 30

    async def test_a_user_cannot_exceed_the_limit_for_waiting_downloads(self, database: Database) -> None:
        queue = DownloadQueue(database, lambda: QueueLimits(max_waiting_per_user=2), notify=lambda: None)
        for _ in range(2):
            await queue.submit(build_new_download(user_id=7))
        with pytest.raises(QueueFullError):
            await queue.submit(build_new_download(user_id=7))
        await queue.submit(build_new_download(user_id=8))
        for _ in range(3):
            await queue.submit(build_new_download(user_id=LOCAL_ID))
