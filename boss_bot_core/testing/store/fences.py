"""Contract tests for a runner's writes: they need a current claim, and follow the transition table."""
# ruff: noqa: D102 - the names of the tests are their documentation

from uuid import uuid4

import attrs
import pytest

from boss_bot_core.database import Database
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import DownloadQueue, TransitionRefusedError, UnknownItemError
from boss_bot_core.testing.store.base import StoreContract, build_failure, claim_item
from boss_bot_core.testing.store.writes import ENDINGS, build_downloaded_file, end_item, expect_no_write

_S = DownloadStatus


class FenceContract(StoreContract):
    """Contract tests: fenced writes and the release of items."""

    async def test_a_download_passes_all_stages_and_stores_its_files(
        self, queue: DownloadQueue, database: Database
    ) -> None:
        item = await claim_item(queue)
        await queue.claims.record_progress(item, 50, 200)
        item = await queue.claims.describe(item, MediaInfo(title="A\0 title", author="\ud800", adult=True))
        assert (item.progress, item.current_size, item.total_size, item.adult) == (0.25, 50, 200, True)
        for status in (_S.PROCESSING, _S.UPLOADING):
            item = await queue.claims.advance(item, status)
        file = build_downloaded_file(item)
        item = await queue.claims.complete(item, [file])
        assert (item.status, item.progress, item.completed_at is not None) == (_S.COMPLETED, 1.0, True)
        async with database.connect() as tx:
            assert await tx.files.list_for_item(item.id) == (file,)
        assert await queue.reader.list_finished(user_id=item.user_id) == [item]

    @pytest.mark.parametrize("ending", ENDINGS)
    async def test_a_runner_cannot_write_after_it_released_the_item(self, queue: DownloadQueue, ending: str) -> None:
        item = await claim_item(queue)
        await end_item(queue, item, ending)
        await expect_no_write(queue, item)

    async def test_a_runner_with_a_stale_claim_cannot_write(self, queue: DownloadQueue) -> None:
        stale = await claim_item(queue)
        await queue.recover()
        owner = await queue.claim_next()
        assert owner is not None
        await expect_no_write(queue, stale)
        assert (await queue.reader.get(owner.id)) == owner
        assert (await queue.claims.advance(owner, _S.PROCESSING)).claim == 2

    async def test_transitions_outside_the_table_are_refused(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        for wanted in (_S.UPLOADING, _S.QUEUED, _S.COMPLETED, _S.DOWNLOADING):
            with pytest.raises(TransitionRefusedError):
                await queue.claims.advance(item, wanted)
        with pytest.raises(TransitionRefusedError):
            await queue.claims.complete(item, [build_downloaded_file(item)])
        assert await queue.reader.get(item.id) == item

    async def test_files_of_a_refused_completion_are_not_stored(self, queue: DownloadQueue, database: Database) -> None:
        item = await claim_item(queue)
        with pytest.raises(TransitionRefusedError):
            await queue.claims.complete(item, [build_downloaded_file(item)])
        async with database.connect() as tx:
            assert await tx.files.list_for_item(item.id) == ()

    async def test_a_write_to_an_unknown_item_raises_an_error(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        with pytest.raises(UnknownItemError):
            await queue.claims.fail(attrs.evolve(item, id=uuid4()), build_failure(item))

    async def test_a_requeue_with_a_lower_limit_does_not_count_as_an_attempt(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        await queue.claims.record_progress(item, 50, 200)
        for status in (_S.PROCESSING, _S.UPLOADING):
            item = await queue.claims.advance(item, status)
        limit = item.max_file_size_bytes
        after = await queue.claims.requeue_smaller(item, limit // 2)
        assert (after.status, after.max_file_size_bytes) == (_S.QUEUED, limit // 2)
        assert (after.progress, after.current_size, after.total_size) == (0.0, None, None)
        again = await queue.claim_next()
        assert again is not None
        assert (again.id, again.attempt_count, again.claim) == (item.id, 1, 2)
        assert (await queue.claims.requeue_smaller(again, limit)).max_file_size_bytes == limit // 2

    @pytest.mark.parametrize(("ending", "attempts"), [("release", 0), ("pause", 0), ("fetch smaller", 0), ("retry", 1)])
    async def test_only_failed_attempts_are_counted(self, queue: DownloadQueue, ending: str, attempts: int) -> None:
        after = await end_item(queue, await claim_item(queue), ending)
        assert after.attempt_count == attempts

    @pytest.mark.parametrize("ending", ["release", "pause", "retry", "fetch smaller"])
    async def test_a_released_item_with_a_cancel_request_is_cancelled(self, queue: DownloadQueue, ending: str) -> None:
        item = await claim_item(queue)
        await queue.control.cancel(item.id)
        after = await end_item(queue, item, ending)
        assert (after.status, after.cancel_requested) == (_S.CANCELLED, False)

    @pytest.mark.parametrize("ending", ["release", "retry", "fetch smaller"])
    async def test_a_released_item_with_a_pause_request_is_paused(self, queue: DownloadQueue, ending: str) -> None:
        item = await claim_item(queue)
        await queue.control.pause(item.id)
        after = await end_item(queue, item, ending)
        assert (after.status, after.pause_requested) == (_S.PAUSED, False)
