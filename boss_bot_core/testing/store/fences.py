"""The contract of a runner's writes: they count only while it owns the item, and follow the transition table."""
# ruff: noqa: D102 - a test suite, whose names are its sentences

from uuid import uuid4

import attrs
import pytest

from boss_bot_core.database import Database
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import DownloadQueue, TransitionRefusedError, UnknownItemError
from boss_bot_core.testing.store.base import StoreContract, build_download_error, claim_item
from boss_bot_core.testing.store.writes import ENDINGS, build_downloaded_file, end_item, expect_no_write

_S = DownloadStatus


class FenceContract(StoreContract):
    """Who may write."""

    async def test_a_download_goes_its_way_to_its_files(self, queue: DownloadQueue, database: Database) -> None:
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
            assert await tx.files.of_item(item.id) == (file,)
        assert await queue.reader.list_finished(user_id=item.user_id) == [item]

    @pytest.mark.parametrize("ending", ENDINGS)
    async def test_after_letting_go_nothing_can_be_written(self, queue: DownloadQueue, ending: str) -> None:
        item = await claim_item(queue)
        await end_item(queue, item, ending)
        await expect_no_write(queue, item)

    async def test_a_runner_that_lost_its_item_cannot_touch_it(self, queue: DownloadQueue) -> None:
        stale = await claim_item(queue)
        await queue.recover()
        owner = await queue.claim_next()
        assert owner is not None
        await expect_no_write(queue, stale)
        assert (await queue.reader.get(owner.id)) == owner
        assert (await queue.claims.advance(owner, _S.PROCESSING)).claim == 2

    async def test_the_table_refuses_shortcuts(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        for wanted in (_S.UPLOADING, _S.QUEUED, _S.COMPLETED, _S.DOWNLOADING):
            with pytest.raises(TransitionRefusedError):
                await queue.claims.advance(item, wanted)
        with pytest.raises(TransitionRefusedError):
            await queue.claims.complete(item, [build_downloaded_file(item)])
        assert await queue.reader.get(item.id) == item

    async def test_refused_files_are_not_kept(self, queue: DownloadQueue, database: Database) -> None:
        item = await claim_item(queue)
        with pytest.raises(TransitionRefusedError):
            await queue.claims.complete(item, [build_downloaded_file(item)])
        async with database.connect() as tx:
            assert await tx.files.of_item(item.id) == ()

    async def test_an_unknown_item_is_named(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        with pytest.raises(UnknownItemError):
            await queue.claims.fail(attrs.evolve(item, id=uuid4()), build_download_error(item))

    async def test_a_lower_limit_lets_it_wait_for_the_same_attempt(self, queue: DownloadQueue) -> None:
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
    async def test_only_failed_attempts_count(self, queue: DownloadQueue, ending: str, attempts: int) -> None:
        after = await end_item(queue, await claim_item(queue), ending)
        assert after.attempt_count == attempts

    @pytest.mark.parametrize("ending", ["release", "pause", "retry", "fetch smaller"])
    async def test_a_cancel_asked_for_meanwhile_wins_over_waiting(self, queue: DownloadQueue, ending: str) -> None:
        item = await claim_item(queue)
        await queue.control.cancel(item.id)
        after = await end_item(queue, item, ending)
        assert (after.status, after.cancel_requested) == (_S.CANCELLED, False)

    @pytest.mark.parametrize("ending", ["release", "retry", "fetch smaller"])
    async def test_a_pause_asked_for_meanwhile_wins_over_waiting(self, queue: DownloadQueue, ending: str) -> None:
        item = await claim_item(queue)
        await queue.control.pause(item.id)
        after = await end_item(queue, item, ending)
        assert (after.status, after.pause_requested) == (_S.PAUSED, False)
