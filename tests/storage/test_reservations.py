"""Reserved room: whatever downloads start, grow, pause, end and fail, neither the limit nor the reserve is passed."""

from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.storage import Quota, Usage
from boss_bot_core.storage.reservations import EXTENSION_BYTES, ReservationBook
from boss_bot_core.storage.room import RoomNeed, estimate_need, find_start_bytes
from tests.bot.cards.factories import build_item

MB = 1024 * 1024
ITEMS = [UUID(int=number) for number in range(1, 6)]
QUOTA = Quota(temp_bytes=100 * MB, guild_daily_bytes=1, min_free_bytes=10 * MB)


@attrs.define
class Disk:
    """A disk with unfinished and stored downloads, and the book that is asked before anything is written."""

    capacity: int
    book: ReservationBook = attrs.field(factory=lambda: ReservationBook(QUOTA))
    temp: dict[UUID, int] = attrs.field(factory=dict)
    stored: int = 0

    @property
    def free(self) -> int:
        return self.capacity - self.stored - sum(self.temp.values())

    async def measure(self) -> None:
        await self.book.measure(self.read_usage)

    async def read_usage(self) -> Usage:
        names = {str(item_id): size for item_id, size in self.temp.items()}
        return Usage(temp_bytes=names, temp_free_bytes=self.free, stored_bytes=self.stored)

    def write(self, item_id: UUID, size: int) -> None:
        """Write up to `size` bytes, asking for more room as a worker's lease does."""
        present = self.temp.get(item_id, 0)
        if present + size > self.book.held_bytes.get(item_id, 0):
            self.book.extend(item_id, RoomNeed(present + size, present + size + EXTENSION_BYTES))
        self.temp[item_id] = max(present, min(present + size, self.book.held_bytes.get(item_id, 0)))


STEPS = st.tuples(
    st.sampled_from(["start", "write", "write", "measure", "shrink", "store", "fail", "pause"]),
    st.sampled_from(ITEMS),
    st.integers(0, 70 * MB),
)


@given(st.lists(STEPS, max_size=60), st.integers(20 * MB, 300 * MB))
async def test_no_sequence_of_downloads_passes_the_limit_or_the_reserve(
    steps: list[tuple[str, UUID, int]], capacity: int
) -> None:
    disk, running = Disk(capacity), set[UUID]()
    for step, item_id, size in steps:
        is_running = item_id in running  # what has ended writes nothing, though the book still holds its room
        if step == "start" and not is_running:
            running.add(item_id)
            await disk.measure()
            disk.book.reserve(item_id, RoomNeed(1, size))
        elif step == "write" and is_running:
            disk.write(item_id, size)
        elif step == "measure":
            await disk.measure()
        elif step == "shrink" and is_running:
            await disk.measure()
            disk.book.shrink(item_id, size)
        elif step in {"store", "fail", "pause"} and is_running:
            fetched = 0 if step == "pause" else disk.temp.pop(item_id, 0)
            disk.stored += fetched if step == "store" else 0
            running.discard(item_id)
            disk.book.release(item_id)
        assert sum(disk.temp.values()) <= QUOTA.temp_bytes
        assert disk.free >= min(capacity, QUOTA.min_free_bytes)


async def build_book(free: int = 1000 * MB, stored_free: int | None = None, **temp: int) -> ReservationBook:
    book = ReservationBook(QUOTA)
    names = {str(ITEMS[int(name[1:])]): size for name, size in temp.items()}

    async def read_usage() -> Usage:
        return Usage(temp_bytes=names, temp_free_bytes=free, stored_free_bytes=stored_free)

    await book.measure(read_usage)
    return book


async def test_what_a_download_has_on_disk_is_part_of_its_own_room_and_is_missing_for_others() -> None:
    book = await build_book(i0=30 * MB)
    assert book.plan.find_room(ITEMS[0]) == 100 * MB
    assert book.plan.find_room(ITEMS[1]) == 70 * MB


async def test_the_disk_keeps_its_reserve_and_what_is_promised() -> None:
    book = await build_book(free=60 * MB, i0=20 * MB)
    assert book.reserve(ITEMS[0], RoomNeed(1, 45 * MB)) == 45 * MB
    assert book.plan.find_room(ITEMS[1]) == (60 - 10 - 25) * MB
    assert book.plan.find_room(ITEMS[1], is_alone=True) == 50 * MB


async def test_a_second_disk_needs_room_for_the_whole_copy() -> None:
    book = await build_book(stored_free=60 * MB, i0=20 * MB)
    book.reserve(ITEMS[0], RoomNeed(1, 30 * MB))
    assert book.plan.find_room(ITEMS[1]) == (60 - 10 - 30) * MB
    assert book.plan.largest_bytes == 50 * MB


async def test_a_reservation_grows_to_what_there_is_and_tells_whether_it_is_enough() -> None:
    book = await build_book()
    book.reserve(ITEMS[0], RoomNeed(1, 60 * MB))
    book.reserve(ITEMS[1], RoomNeed(1, 20 * MB))
    assert book.extend(ITEMS[1], RoomNeed(30 * MB, 50 * MB)) is None
    assert book.held_bytes[ITEMS[1]] == 40 * MB
    assert book.extend(ITEMS[1], RoomNeed(41 * MB, 50 * MB))
    assert book.extend(ITEMS[2], RoomNeed(1, 1))
    assert ITEMS[2] not in book.held_bytes


async def test_a_reservation_never_shrinks_below_what_is_on_disk() -> None:
    book = await build_book(i0=30 * MB)
    book.reserve(ITEMS[0], RoomNeed(1, 80 * MB))
    assert book.shrink(ITEMS[0], 10 * MB)
    assert book.held_bytes[ITEMS[0]] == 30 * MB
    assert not book.shrink(ITEMS[0], 30 * MB)


@pytest.mark.parametrize(
    ("item", "least_bytes", "whole_bytes"),
    [
        (build_item(total_size=None, current_size=None), 1, 100 * MB),
        (build_item(total_size=20 * MB), 20 * MB, 40 * MB),
        (build_item(total_size=None, current_size=70 * MB), 1, 140 * MB),
    ],
    ids=["unknown", "known from an earlier attempt", "unknown, but more than the maximum"],
)
def test_a_download_needs_room_for_its_file_and_a_copy(item: DownloadItem, least_bytes: int, whole_bytes: int) -> None:
    assert estimate_need(item, 50 * MB) == RoomNeed(least_bytes, whole_bytes)


@pytest.mark.parametrize(
    ("changes", "largest_mb", "start_mb"),
    [
        ({}, 1024, 100),
        ({}, 160, 20),
        ({"current_size": 15 * MB}, 160, 30),
        ({"current_size": 90 * MB}, 160, 160),
        ({"total_size": 30 * MB}, 160, 60),
        ({"total_size": 90 * MB}, 160, 160),
    ],
)
def test_a_download_of_unknown_size_starts_with_a_part_of_the_room_and_gets_more_after_each_attempt(
    changes: dict[str, int], largest_mb: int, start_mb: int
) -> None:
    item = build_item(**changes)
    assert find_start_bytes(item, estimate_need(item, 50 * MB), largest_mb * MB) == start_mb * MB
