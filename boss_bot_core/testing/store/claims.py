"""Contract tests for claims: they keep the limits and the policy's order, and no item is claimed twice."""
# ruff: noqa: D102 - the names of the tests are their documentation

import asyncio
from collections.abc import Iterable
from datetime import timedelta

import attrs

from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import DownloadQueue
from boss_bot_core.queue.retry import MAX_CRASHES
from boss_bot_core.testing.store.base import MovableClock, StoreContract, build_failure, build_new_download, claim_item


class ClaimContract(StoreContract):
    """Contract tests: claims, retries, and the recovery after a crash."""

    async def test_a_claim_has_a_new_number_and_counts_an_attempt(
        self, queue: DownloadQueue, clock: MovableClock
    ) -> None:
        item = await claim_item(queue)
        assert (item.status, item.claim, item.attempt_count) == (DownloadStatus.DOWNLOADING, 1, 1)
        assert item.started_at == clock.now

    async def test_an_empty_queue_has_nothing_to_claim(self, queue: DownloadQueue) -> None:
        assert await queue.claim_next() is None

    async def test_only_items_for_given_destinations_are_claimed(self, queue: DownloadQueue) -> None:
        in_discord = attrs.evolve(build_new_download(), destination=Destination(kind="discord", target="7"))
        for_discord = await queue.submit(in_discord)
        assert await queue.claim_next({"folder"}) is None
        for_folder = await queue.submit(build_new_download())
        taken = [await queue.claim_next({"folder"}), await queue.claim_next({"folder"}), await queue.claim_next()]
        assert [item and item.id for item in taken] == [for_folder.id, None, for_discord.id]

    async def test_concurrent_claims_keep_the_limits_and_are_unique(self, queue: DownloadQueue) -> None:
        for user in (1, 1, 1, 2, 2, 2):
            await queue.submit(build_new_download(user_id=user))
        taken = await asyncio.gather(*(queue.claim_next() for _ in range(10)))
        items = [item for item in taken if item is not None]
        assert len({item.id for item in items}) == len(items) == 3
        assert max([item.user_id for item in items].count(user) for user in (1, 2)) == 2

    async def test_a_scheduled_retry_waits_without_a_slot(self, queue: DownloadQueue, clock: MovableClock) -> None:
        item = await claim_item(queue)
        due = clock() + timedelta(seconds=30)
        waiting = await queue.claims.schedule_retry(item, build_failure(item), due)
        assert (waiting.status, waiting.attempt_count, waiting.error_message) == (
            DownloadStatus.QUEUED,
            1,
            "The site is gone.",
        )
        looked_at = clock()
        assert await queue.claim_next() is None
        clock.advance(30)
        assert await queue.next_due(looked_at) == due
        assert await queue.next_due(clock()) is None
        again = await queue.claim_next()
        assert again is not None
        assert (again.claim, again.attempt_count, again.error_type) == (2, 2, None)

    async def test_recovered_items_do_not_lose_an_attempt(self, queue: DownloadQueue) -> None:
        items = [await claim_item(queue, build_new_download(user_id=user)) for user in (1, 2, 3)]
        await queue.control.cancel(items[0].id)
        await queue.control.pause(items[1].id)
        await queue.claims.advance(items[2], DownloadStatus.PROCESSING)
        recovered = await queue.recover()
        assert {item.id: item.status for item in recovered} == {
            items[0].id: DownloadStatus.CANCELLED,
            items[1].id: DownloadStatus.PAUSED,
            items[2].id: DownloadStatus.QUEUED,
        }
        assert {item.attempt_count for item in recovered} == {0}
        assert await queue.recover() == []
        again = await queue.claim_next()
        assert again is not None
        assert (again.id, again.claim, again.attempt_count) == (items[2].id, 2, 1)

    async def test_an_item_that_is_running_at_every_crash_fails(self, queue: DownloadQueue) -> None:
        item = await self.crash_repeatedly(queue, await claim_item(queue), sizes=(0,) * MAX_CRASHES)
        assert (item.status, item.error_type, item.completed_at is None) == (DownloadStatus.FAILED, "unknown", False)
        assert f"crashed {MAX_CRASHES} times in a row" in (item.error_message or "")
        again = await queue.control.retry(item.id)
        assert (again.item.status, again.item.crash_count) == (DownloadStatus.QUEUED, 0)

    async def test_an_item_that_progresses_between_crashes_does_not_fail(self, queue: DownloadQueue) -> None:
        item = await self.crash_repeatedly(queue, await claim_item(queue), sizes=range(10, 10 + 3 * MAX_CRASHES))
        assert (item.status, item.attempt_count) == (DownloadStatus.DOWNLOADING, 1)

    async def test_a_failed_attempt_resets_the_crash_count(self, queue: DownloadQueue, clock: MovableClock) -> None:
        item = await self.crash_repeatedly(queue, await claim_item(queue), sizes=(0,) * (MAX_CRASHES - 1))
        await queue.claims.schedule_retry(item, build_failure(item), clock())
        again = await queue.claim_next()
        assert again is not None
        item = await self.crash_repeatedly(queue, again, sizes=(0,) * (MAX_CRASHES - 1))
        assert item.status is DownloadStatus.DOWNLOADING

    async def crash_repeatedly(self, queue: DownloadQueue, item: DownloadItem, sizes: Iterable[int]) -> DownloadItem:
        """Simulate a crash for each of `sizes`, the bytes received until then, and claim the item again each time."""
        for size in sizes:
            await queue.claims.record_progress(item, size, None)
            (item,) = await queue.recover()
            item = await queue.claim_next() or item
        return item

    async def test_positions_match_the_order_of_claims(self, queue: DownloadQueue) -> None:
        for user in (1, 1, 1, 1, 2, 3):
            await queue.submit(build_new_download(user_id=user, guild_id=user))
        expected = [item.id for item in (await queue.reader.state()).items]
        taken = []
        while (item := await queue.claim_next()) is not None:
            taken.append(item.id)
            position = await queue.reader.position(item.id)
            assert position is None
        assert taken == expected[:3]
