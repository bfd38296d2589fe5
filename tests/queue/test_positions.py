"""Who asks for a place at about the same time is answered from one look at the queue; a change is seen at once."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

import pytest

from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.queue import DownloadQueue
from boss_bot_core.queue.forecast import PositionCache
from boss_bot_core.testing.store.base import MovableClock, StoreContract, build_new_download


class FakeCompute:
    """Counts how often the queue was looked at."""

    def __init__(self) -> None:
        self.count = 0

    async def compute(self) -> Mapping[UUID, QueuePosition]:
        self.count += 1
        await asyncio.sleep(0)
        return {}


@pytest.fixture
def compute() -> FakeCompute:
    return FakeCompute()


async def test_forty_who_ask_at_once_need_one_look(compute: FakeCompute, clock: MovableClock) -> None:
    cache = PositionCache(compute.compute, clock)
    await asyncio.gather(*(cache.get() for _ in range(40)))
    assert compute.count == 1


async def test_a_change_or_a_second_is_a_reason_to_look_again(compute: FakeCompute, clock: MovableClock) -> None:
    cache = PositionCache(compute.compute, clock)
    await cache.get()
    cache.invalidate()
    await cache.get()
    clock.advance(1)
    await cache.get()
    assert compute.count == 3


async def test_a_change_during_a_look_is_not_missed(compute: FakeCompute, clock: MovableClock) -> None:
    cache = PositionCache(compute.compute, clock)
    looking = asyncio.create_task(cache.get())
    await asyncio.sleep(0)
    cache.invalidate()
    await looking
    await cache.get()
    assert compute.count == 2


async def test_one_who_gives_up_asking_holds_up_nobody(compute: FakeCompute, clock: MovableClock) -> None:
    cache = PositionCache(compute.compute, clock)
    first, second = (asyncio.create_task(cache.get()) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == {}


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


class TestPlaces(StoreContract):
    async def test_every_change_moves_the_places(self, queue: DownloadQueue) -> None:
        items = [await queue.submit(build_new_download()) for _ in range(3)]

        async def places() -> list[int | None]:
            found = [await queue.reader.position(item.id) for item in items]
            return [None if place is None else place.position for place in found]

        assert await places() == [1, 2, 3]
        await queue.control.pause(items[0].id)
        assert await places() == [None, 1, 2]
        claimed = await queue.claim_next()
        assert claimed is not None
        assert await places() == [None, None, 1]
        await queue.recover()
        assert await places() == [None, 1, 2]
        await queue.claim_next()
        await queue.control.cancel(items[2].id)
        assert await places() == [None, None, None]
