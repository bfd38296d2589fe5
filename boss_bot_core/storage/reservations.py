"""The reservations of room: how much each running download holds, from its claim to the end of its fetching.

There is one book for each dispatching process. It is used on the event loop only, so that two downloads never get the
same room.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from boss_bot_core.domain.sizes import format_size
from boss_bot_core.errors import DiskFullError, NoRoomError, RoomExceededError
from boss_bot_core.storage.quota import Quota, Usage
from boss_bot_core.storage.room import RoomNeed, RoomPlan

EXTENSION_BYTES = 8 * 1024 * 1024
"""The step in which a reservation grows for a download whose size is unknown, if there is so much room."""


def build_reserve_error() -> DiskFullError:
    """Return the error for a disk on which less is free than has to stay free."""
    return DiskFullError("The bot's disk is nearly full.")


class ReservationBook:
    """The reservations of one process, and the space that was last measured."""

    def __init__(self, quota: Quota) -> None:
        self._quota = quota
        self._held_bytes: dict[UUID, int] = {}
        self._released: set[UUID] = set()
        self._lock = asyncio.Lock()
        self._usage = Usage(temp_free_bytes=0)

    @property
    def usage(self) -> Usage:
        """The space in use, as last measured."""
        return self._usage

    @property
    def plan(self) -> RoomPlan:
        """All room, as it is now."""
        return RoomPlan(quota=self._quota, usage=self._usage, held_bytes=self._held_bytes)

    @property
    def held_bytes(self) -> Mapping[UUID, int]:
        """The bytes that each running download may have on disk."""
        return self._held_bytes

    def reserve(self, item_id: UUID, need: RoomNeed) -> int:
        """Reserve room for a download, as much of its need as there is, and return the bytes."""
        self._released.discard(item_id)
        self._held_bytes[item_id] = max(0, min(need.whole_bytes, self.plan.find_room(item_id)))
        return self._held_bytes[item_id]

    def extend(self, item_id: UUID, need: RoomNeed) -> DiskFullError | None:
        """Let a reservation grow to the whole need, or to what there is; return why the least need has no room."""
        held = self._held_bytes.get(item_id, 0)
        wanted = min(need.whole_bytes, self.plan.find_room(item_id))
        if item_id in self._held_bytes and wanted > held:
            self._held_bytes[item_id] = held = wanted
        return None if held >= need.least_bytes else self._explain_shortage(need)

    def _explain_shortage(self, need: RoomNeed) -> DiskFullError:
        if self._usage.free_bytes < self._quota.min_free_bytes:
            return build_reserve_error()
        if need.least_bytes > (largest_bytes := self.plan.largest_bytes):
            room = format_size(largest_bytes)
            return RoomExceededError(f"The download needs more than the {room} that the bot has room for.")
        return NoRoomError("The bot has no room for this download at the moment.")

    def shrink(self, item_id: UUID, whole_bytes: int) -> bool:
        """Give back what a reservation has beyond `whole_bytes`; return whether it was anything."""
        kept = max(whole_bytes, self._usage.get_temp_bytes(item_id))
        if self._held_bytes.get(item_id, 0) <= kept:
            return False
        self._held_bytes[item_id] = kept
        return True

    def release(self, item_id: UUID) -> None:
        """Give back a reservation, if there is one; its room is free when the space has been measured again."""
        if item_id in self._held_bytes:
            self._released.add(item_id)

    async def measure(self, measure_usage: Callable[[], Awaitable[Usage]]) -> None:
        """Measure the space in use again. Until then, what a released download has on disk is not known."""
        async with self._lock:  # an older result must not replace a newer one
            released = set(self._released)
            self._usage = await measure_usage()
            for item_id in released & self._released:
                self._held_bytes.pop(item_id, None)
            self._released -= released
