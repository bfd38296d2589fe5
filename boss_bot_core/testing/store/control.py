"""Contract tests for control requests: immediate for waiting items, through the runner for running ones."""
# ruff: noqa: D102 - the names of the tests are their documentation

import asyncio
from uuid import uuid4

import pytest

from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import ControlOutcome, DownloadQueue, UnknownItemError
from boss_bot_core.testing.store.base import StoreContract, build_failure, build_new_download, claim_item

_S, _O = DownloadStatus, ControlOutcome


class ControlContract(StoreContract):
    """Contract tests: cancel, pause, resume and retry requests."""

    async def test_a_waiting_item_is_cancelled_at_once(self, queue: DownloadQueue) -> None:
        item = await queue.submit(build_new_download())
        first, second = await queue.control.cancel(item.id), await queue.control.cancel(item.id)
        assert (first.outcome, first.item.status, second.outcome) == (_O.DONE, _S.CANCELLED, _O.ALREADY)
        assert await queue.claim_next() is None

    async def test_a_cancel_of_a_running_item_is_requested_from_its_runner(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        first, second = await queue.control.cancel(item.id), await queue.control.cancel(item.id)
        assert (first.outcome, first.item.status, second.outcome) == (_O.REQUESTED, _S.DOWNLOADING, _O.ALREADY)
        assert [each.id for each in await queue.reader.list_flagged()] == [item.id]
        ended = await queue.claims.cancel_running(item)
        assert (ended.status, ended.cancel_requested) == (_S.CANCELLED, False)
        assert await queue.reader.list_flagged() == []

    async def test_a_waiting_item_is_paused_and_resumed(self, queue: DownloadQueue) -> None:
        item = await queue.submit(build_new_download())
        outcomes = [(await queue.control.pause(item.id)).outcome for _ in range(2)]
        assert await queue.claim_next() is None
        outcomes += [(await queue.control.resume(item.id)).outcome for _ in range(2)]
        assert outcomes == [_O.DONE, _O.ALREADY, _O.DONE, _O.ALREADY]
        assert await queue.claim_next() is not None

    async def test_a_paused_item_frees_its_slot_and_is_claimed_after_a_resume(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        await queue.control.pause(item.id)
        paused = await queue.claims.pause(item)
        assert (paused.status, paused.pause_requested, paused.attempt_count) == (_S.PAUSED, False, 0)
        await queue.control.resume(item.id)
        again = await queue.claim_next()
        assert again is not None
        assert (again.id, again.claim, again.attempt_count) == (item.id, 2, 1)

    async def test_a_pending_pause_request_can_be_withdrawn(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        await queue.control.pause(item.id)
        assert (await queue.control.resume(item.id)).outcome is _O.DONE
        assert await queue.reader.list_flagged() == []

    async def test_a_cancel_request_takes_precedence_over_a_pause_request(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        await queue.control.pause(item.id)
        flagged = (await queue.control.cancel(item.id)).item
        assert (flagged.cancel_requested, flagged.pause_requested) == (True, False)
        assert (await queue.control.pause(item.id)).outcome is _O.REFUSED

    async def test_an_upload_cannot_be_paused(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        for status in (_S.PROCESSING, _S.UPLOADING):
            item = await queue.claims.advance(item, status)
        assert (await queue.control.pause(item.id)).outcome is _O.REFUSED

    async def test_a_retried_item_has_all_its_attempts_again(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        await queue.claims.fail(item, build_failure(item))
        assert (await queue.control.pause(item.id)).outcome is _O.REFUSED
        assert (await queue.control.cancel(item.id)).outcome is _O.REFUSED
        again = await queue.control.retry(item.id)
        assert (again.outcome, again.item.status, again.item.attempt_count) == (_O.DONE, _S.QUEUED, 0)
        assert (again.item.completed_at, again.item.error_type, again.item.claim) == (None, None, 1)
        assert (await queue.control.retry(item.id)).outcome is _O.ALREADY

    async def test_a_retry_can_change_the_size_limit(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        await queue.claims.fail(item, build_failure(item))
        larger = 2 * item.max_file_size_bytes
        assert (await queue.control.retry(item.id, larger)).item.max_file_size_bytes == larger
        assert (await queue.reader.get(item.id)).max_file_size_bytes == larger

    async def test_only_a_waiting_item_is_given_up(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        running = await queue.control.give_up(item.id, build_failure(item))
        await queue.claims.release(item)
        waiting, failed = [await queue.control.give_up(item.id, build_failure(item)) for _ in range(2)]
        assert (running.outcome, waiting.outcome, failed.outcome) == (_O.REFUSED, _O.DONE, _O.ALREADY)
        assert (waiting.item.status, waiting.item.error_message) == (_S.FAILED, build_failure(item).message)

    async def test_a_completed_item_refuses_all_requests(self, queue: DownloadQueue) -> None:
        item = await queue.claims.advance(await claim_item(queue), _S.PROCESSING)
        done = await queue.claims.complete(item, [])
        requests = queue.control
        for ask in (requests.cancel, requests.pause, requests.resume, requests.retry):
            assert (await ask(item.id)).outcome is _O.REFUSED
        assert await queue.reader.get(item.id) == done

    async def test_an_unknown_id_raises_an_error(self, queue: DownloadQueue) -> None:
        requests = queue.control
        for ask in (requests.cancel, requests.pause, requests.resume, requests.retry):
            with pytest.raises(UnknownItemError):
                await ask(uuid4())

    async def test_a_concurrent_cancel_and_claim_have_consistent_results(self, queue: DownloadQueue) -> None:
        for _ in range(20):
            item = await queue.submit(build_new_download())
            answer, taken = await asyncio.gather(queue.control.cancel(item.id), queue.claim_next())
            if taken is None:
                assert answer.outcome is _O.DONE
            else:
                assert answer.outcome is _O.REQUESTED
                assert (await queue.reader.get(item.id)).cancel_requested
                await queue.claims.cancel_running(taken)
