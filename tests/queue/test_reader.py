"""Tests for the reads of the queue, and the search for items by typed ids."""

from uuid import UUID

import attrs
import pytest

from boss_bot_core.database import Database
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import AmbiguousIdError, DownloadQueue, UnknownItemError
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import MovableClock, StoreContract, build_new_download, claim_item


class TestReader(StoreContract):
    async def test_a_page_lists_running_then_waiting_then_paused_items(self, queue: DownloadQueue) -> None:
        paused = await queue.submit(build_new_download())
        await queue.control.pause(paused.id)
        running = await claim_item(queue)
        waiting = [await queue.submit(build_new_download()) for _ in range(3)]
        state = await queue.reader.state()
        assert [item.id for item in state.items] == [each.id for each in (running, *waiting, paused)]
        assert (state.active_downloads, state.total_items, state.queue_size, state.is_full) == (1, 4, 6, False)
        pages = [await queue.reader.state(page, page_size=2) for page in (1, 2, 3, 4)]
        assert [len(page.items) for page in pages] == [2, 2, 1, 0]
        assert tuple(item for page in pages for item in page.items) == state.items

    async def test_positions_and_waits_use_the_measured_durations(
        self, queue: DownloadQueue, clock: MovableClock
    ) -> None:
        for _ in range(3):
            done = await queue.claims.advance(await claim_item(queue), DownloadStatus.PROCESSING)
            clock.advance(60)
            await queue.claims.complete(done, [])
        running = [await claim_item(queue, build_new_download(user_id=user)) for user in (1, 2, 3)]
        clock.advance(45)
        first, second = [await queue.submit(build_new_download(user_id=user)) for user in (4, 5)]
        position = await queue.reader.position(second.id)
        assert position is not None
        assert (position.position, position.waiting_count) == (2, 2)
        assert position.estimated_wait_s == pytest.approx(15, abs=0.01)
        assert await queue.reader.position(running[0].id) is None
        assert first.id != second.id

    async def test_finished_items_are_listed_newest_first_and_filtered_by_user_and_guild(
        self, queue: DownloadQueue
    ) -> None:
        ended = []
        for user, guild in ((1, 1), (2, 1), (1, 2)):
            item = await claim_item(queue, build_new_download(user_id=user, guild_id=guild))
            ended.append((await queue.claims.cancel_running(item)).id)
        reader = queue.reader
        assert [item.id for item in await reader.list_finished()] == ended[::-1]
        assert [item.id for item in await reader.list_finished(user_id=1)] == [ended[2], ended[0]]
        assert [item.id for item in await reader.list_finished(guild_id=1, limit=1)] == [ended[1]]

    async def test_an_item_is_found_by_a_typed_id(self, queue: DownloadQueue) -> None:
        item = await queue.submit(build_new_download())
        for typed in (item.short_id, f"#{item.short_id.upper()} ", str(item.id), item.id.hex):
            assert (await queue.reader.find(typed)).id == item.id

    @pytest.mark.parametrize("typed", ["", "#", "#xyz", "-", "f" * 33, "%", "٣", "a" * 10_000])
    async def test_a_typed_text_that_is_no_id_raises_an_error(self, queue: DownloadQueue, typed: str) -> None:
        await queue.submit(build_new_download())
        with pytest.raises(UnknownItemError) as caught:
            await queue.reader.find(typed)
        assert len(str(caught.value)) < 80
        assert "##" not in str(caught.value)

    async def test_an_ambiguous_id_lists_its_candidates(
        self, queue: DownloadQueue, database: Database, clock: MovableClock
    ) -> None:
        await _insert_items(database, clock, "abcdef01", "abcdef02", "abcd9999", "abce0000", "abcc9999")
        with pytest.raises(AmbiguousIdError) as caught:
            await queue.reader.find("abcdef")
        assert [item.id.hex[:8] for item in caught.value.candidates] == ["abcdef02", "abcdef01"]
        assert "#abcdef0200" in str(caught.value)
        assert (await queue.reader.find("abcd9")).id.hex.startswith("abcd9999")
        with pytest.raises(UnknownItemError):
            await queue.reader.find("abcdf")


async def _insert_items(database: Database, clock: MovableClock, *prefixes: str) -> list[DownloadItem]:
    async with database.begin() as tx:
        items = [to_item(build_new_download(), clock()) for _ in prefixes]
        with_ids = [
            attrs.evolve(item, id=UUID(text.ljust(32, "0"))) for item, text in zip(items, prefixes, strict=True)
        ]
        return [await tx.items.insert(item) for item in with_ids]
