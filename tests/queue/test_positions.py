"""Tests for the position cache: concurrent reads share one computation, and a change is visible at once."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

import pytest

from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.queue import DownloadQueue
from boss_bot_core.queue.positions import PositionCache
from boss_bot_core.testing.store.base import MovableClock, StoreContract, build_new_download


class FakeCompute:
    """Counts the computations of the positions."""

    def __init__(self) -> None:
        self.count = 0

    async def compute(self) -> Mapping[UUID, QueuePosition]:
        self.count += 1
        await asyncio.sleep(0)
        return {}


@pytest.fixture
def compute() -> FakeCompute:
    return FakeCompute()


async def test_forty_concurrent_reads_compute_the_positions_once(compute: FakeCompute, clock: MovableClock) -> None:
    cache = PositionCache(compute.compute, clock)
    await asyncio.gather(*(cache.get() for _ in range(40)))
    assert compute.count == 1


async def test_a_change_or_one_second_expires_the_positions(compute: FakeCompute, clock: MovableClock) -> None:
    cache = PositionCache(compute.compute, clock)
    await cache.get()
    cache.invalidate()
    await cache.get()
    clock.advance(1)
    await cache.get()
    assert compute.count == 3


async def test_a_change_during_a_computation_is_not_missed(compute: FakeCompute, clock: MovableClock) -> None:
    cache = PositionCache(compute.compute, clock)
    reading = asyncio.create_task(cache.get())
    await asyncio.sleep(0)
    cache.invalidate()
    await reading
    await cache.get()
    assert compute.count == 2


async def test_a_cancelled_read_does_not_block_others(compute: FakeCompute, clock: MovableClock) -> None:
    cache = PositionCache(compute.compute, clock)
    first, second = (asyncio.create_task(cache.get()) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == {}


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


class TestPositions(StoreContract):
    async def test_every_change_updates_the_positions(self, queue: DownloadQueue) -> None:
        items = [await queue.submit(build_new_download()) for _ in range(3)]

        async def read_positions() -> list[int | None]:
            found = [await queue.reader.position(item.id) for item in items]
            return [None if position is None else position.position for position in found]

        assert await read_positions() == [1, 2, 3]
        await queue.control.pause(items[0].id)
        assert await read_positions() == [None, 1, 2]
        claimed = await queue.claim_next()
        assert claimed is not None
        assert await read_positions() == [None, None, 1]
        await queue.recover()
        assert await read_positions() == [None, 1, 2]
        await queue.claim_next()
        await queue.control.cancel(items[2].id)
        assert await read_positions() == [None, None, None]
