"""The contract of people's requests: at once while an item waits, through its runner while it runs, and idempotent."""
# ruff: noqa: D102 - a test suite, whose names are its sentences

import asyncio
from uuid import uuid4

import pytest

from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import ControlOutcome, DownloadQueue, UnknownItemError
from boss_bot_core.testing.store.base import StoreContract, build_download_error, build_new_download, claim_item

_S, _O = DownloadStatus, ControlOutcome


class ControlContract(StoreContract):
    """Who is heard."""

    async def test_a_waiting_item_is_cancelled_at_once(self, queue: DownloadQueue) -> None:
        item = await queue.submit(build_new_download())
        first, second = await queue.control.cancel(item.id), await queue.control.cancel(item.id)
        assert (first.outcome, first.item.status, second.outcome) == (_O.DONE, _S.CANCELLED, _O.ALREADY)
        assert await queue.claim_next() is None

    async def test_a_running_items_runner_is_told(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        first, second = await queue.control.cancel(item.id), await queue.control.cancel(item.id)
        assert (first.outcome, first.item.status, second.outcome) == (_O.REQUESTED, _S.DOWNLOADING, _O.ALREADY)
        assert [each.id for each in await queue.reader.list_flagged()] == [item.id]
        ended = await queue.claims.cancel_running(item)
        assert (ended.status, ended.cancel_requested) == (_S.CANCELLED, False)
        assert await queue.reader.list_flagged() == []

    async def test_a_waiting_item_is_paused_and_resumed(self, queue: DownloadQueue) -> None:
        item = await queue.submit(build_new_download())
        outcomes = [
            (await queue.control.pause(item.id)).outcome,
            (await queue.control.pause(item.id)).outcome,
        ]
        assert await queue.claim_next() is None
        outcomes += [
            (await queue.control.resume(item.id)).outcome,
            (await queue.control.resume(item.id)).outcome,
        ]
        assert outcomes == [_O.DONE, _O.ALREADY, _O.DONE, _O.ALREADY]
        assert await queue.claim_next() is not None

    async def test_a_parked_item_frees_its_slot_and_is_claimed_again_after_resume(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        await queue.control.pause(item.id)
        parked = await queue.claims.pause(item)
        assert (parked.status, parked.pause_requested, parked.attempt_count) == (_S.PAUSED, False, 0)
        await queue.control.resume(item.id)
        again = await queue.claim_next()
        assert again is not None
        assert (again.id, again.claim, again.attempt_count) == (item.id, 2, 1)

    async def test_a_pause_not_yet_made_can_be_withdrawn(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        await queue.control.pause(item.id)
        assert (await queue.control.resume(item.id)).outcome is _O.DONE
        assert await queue.reader.list_flagged() == []

    async def test_a_cancel_is_stronger_than_a_pause(self, queue: DownloadQueue) -> None:
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

    async def test_a_failed_item_starts_over_with_all_its_attempts(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        await queue.claims.fail(item, build_download_error(item))
        assert (await queue.control.pause(item.id)).outcome is _O.REFUSED
        assert (await queue.control.cancel(item.id)).outcome is _O.REFUSED
        again = await queue.control.retry(item.id)
        assert (again.outcome, again.item.status, again.item.attempt_count) == (_O.DONE, _S.QUEUED, 0)
        assert (again.item.completed_at, again.item.error_type, again.item.claim) == (None, None, 1)
        assert (await queue.control.retry(item.id)).outcome is _O.ALREADY

    async def test_starting_over_takes_a_limit_that_changed(self, queue: DownloadQueue) -> None:
        item = await claim_item(queue)
        await queue.claims.fail(item, build_download_error(item))
        larger = 2 * item.max_file_size_bytes
        assert (await queue.control.retry(item.id, larger)).item.max_file_size_bytes == larger
        assert (await queue.reader.get(item.id)).max_file_size_bytes == larger

    async def test_a_completed_item_stays_so(self, queue: DownloadQueue) -> None:
        item = await queue.claims.advance(await claim_item(queue), _S.PROCESSING)
        done = await queue.claims.complete(item, [])
        requests = queue.control
        for ask in (requests.cancel, requests.pause, requests.resume, requests.retry):
            assert (await ask(item.id)).outcome is _O.REFUSED
        assert await queue.reader.get(item.id) == done

    async def test_an_unknown_id_is_said(self, queue: DownloadQueue) -> None:
        requests = queue.control
        for ask in (requests.cancel, requests.pause, requests.resume, requests.retry):
            with pytest.raises(UnknownItemError):
                await ask(uuid4())

    async def test_a_cancel_and_a_claim_at_once_agree(self, queue: DownloadQueue) -> None:
        for _ in range(20):
            item = await queue.submit(build_new_download())
            answer, taken = await asyncio.gather(queue.control.cancel(item.id), queue.claim_next())
            if taken is None:
                assert answer.outcome is _O.DONE
            else:
                assert answer.outcome is _O.REQUESTED
                assert (await queue.reader.get(item.id)).cancel_requested
                await queue.claims.cancel_running(taken)
