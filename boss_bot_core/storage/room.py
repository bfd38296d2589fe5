"""Room for downloads: pure rules for how many bytes each may have on disk, beside what others have and may get.

A running download holds room: the bytes that it may have on disk, of which a part is there already. What lies on disk
of downloads that do not run, such as the `.part` file of a paused one, takes room as well.
"""

from collections.abc import Mapping
from uuid import UUID

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.storage.quota import Quota, Usage

COPY_FACTOR = 2
"""A merge or a conversion writes a second copy of a file before the first one is deleted."""

START_PARTS = 8
"""A download of unknown size starts when this part of all room is free."""


@attrs.frozen
class RoomNeed:
    """The room that a download needs, in bytes.

    Attributes:
        least_bytes: Its files alone.
        whole_bytes: Its files and a copy of them.
    """

    least_bytes: int
    whole_bytes: int

    @property
    def fetched_bytes(self) -> int:
        """What comes over the network."""
        return self.whole_bytes // COPY_FACTOR


def estimate_need(item: DownloadItem, max_file_bytes: int) -> RoomNeed:
    """Return the room for a download: from the size that an earlier attempt saw, or else for one file of the maximum.

    Args:
        item: The download.
        max_file_bytes: The program's own limit for one file.
    """
    if item.total_size:
        return RoomNeed(item.total_size, COPY_FACTOR * item.total_size)
    assumed_bytes = COPY_FACTOR * max(max_file_bytes, item.current_size or 0)
    return RoomNeed(1, assumed_bytes)


def find_start_bytes(item: DownloadItem, need: RoomNeed, largest_bytes: int) -> int:
    """Return the room with which a download starts: all that it needs if its size is known, else a part of all room.

    Most files are small: waiting for the room of the largest one would let one download run at a time. One that had to
    give up for want of room needs twice as much as it had received.
    """
    whole_bytes = min(need.whole_bytes, largest_bytes)
    if item.total_size:
        return whole_bytes
    return min(whole_bytes, max(largest_bytes // START_PARTS, COPY_FACTOR * (item.current_size or 0)))


@attrs.frozen(kw_only=True)
class RoomPlan:
    """All room at one moment.

    Attributes:
        quota: The limits.
        usage: The space in use.
        held_bytes: The room that each running download holds.
    """

    quota: Quota
    usage: Usage
    held_bytes: Mapping[UUID, int]

    def find_temp_room(self, item_id: UUID, *, is_alone: bool = False) -> int:
        """Return how many bytes a download may have below the limit of unfinished ones, its present files included.

        Args:
            item_id: The download.
            is_alone: Whether all other running downloads have ended, and left no files.
        """
        running = {str(other): max(held, self.usage.get_temp_bytes(other)) for other, held in self.held_bytes.items()}
        idle_bytes = sum(size for name, size in self.usage.temp_bytes.items() if name not in running)
        if str(item_id) not in running:
            idle_bytes -= self.usage.get_temp_bytes(item_id)
        others_bytes = 0 if is_alone else sum(size for name, size in running.items() if name != str(item_id))
        return self.quota.temp_bytes - idle_bytes - others_bytes

    def find_disk_room(self, item_id: UUID, *, is_alone: bool = False) -> int:
        """Return how many bytes a download may have before a disk reaches its reserve, its present files included.

        Args:
            item_id: The download.
            is_alone: Whether all other running downloads have ended, and kept the files that they have.
        """
        others = {} if is_alone else {other: held for other, held in self.held_bytes.items() if other != item_id}
        promised = sum(max(0, held - self.usage.get_temp_bytes(other)) for other, held in others.items())
        room = self.usage.temp_free_bytes + self.usage.get_temp_bytes(item_id) - promised
        if self.usage.stored_free_bytes is not None:  # there, storing a download copies its files
            room = min(room, self.usage.stored_free_bytes - sum(others.values()))
        return room - self.quota.min_free_bytes

    def find_room(self, item_id: UUID, *, is_alone: bool = False) -> int:
        """Return how many bytes a download may have on disk, its present files included; may be negative."""
        return min(self.find_temp_room(item_id, is_alone=is_alone), self.find_disk_room(item_id, is_alone=is_alone))

    @property
    def largest_bytes(self) -> int:
        """The room of a download that has all of it: no other download has files on disk, stored ones included."""
        usage = self.usage
        all_temp_bytes = sum(usage.temp_bytes.values())
        if usage.stored_free_bytes is None:
            disk_bytes = usage.temp_free_bytes + all_temp_bytes + usage.stored_bytes
        else:
            disk_bytes = min(usage.temp_free_bytes + all_temp_bytes, usage.stored_free_bytes + usage.stored_bytes)
        return max(0, min(self.quota.temp_bytes, disk_bytes - self.quota.min_free_bytes))
