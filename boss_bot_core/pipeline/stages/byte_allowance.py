"""The allowance of one worker: how many bytes it may receive, and the reason when it may receive no more.

Three limits apply: the operator's limit for one download, the download's room on disk, and its guild's day. Room and
day grow with the download for as long as others have not reserved them.
"""

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.progress import ProgressUpdate
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.errors.refusal import BYTE_CAP, build_refusal_error
from boss_bot_core.pipeline.guild_quota import build_quota_error
from boss_bot_core.pipeline.space import SpaceService
from boss_bot_core.storage.reservations import EXTENSION_BYTES
from boss_bot_core.storage.room import COPY_FACTOR, RoomNeed

_ESTIMATE_FACTOR = 1.25
"""An engine may only estimate a size. What is announced as this much too large is too large without doubt."""


class ByteAllowance:
    """Limits the bytes of one worker; `error` is why it may receive no more, and None while it may.

    Args:
        space: The room of all downloads, of which this one has reserved its part.
        item: The download.
        max_bytes: The operator's limit for one download.
        present_bytes: What the download has on disk before the worker starts.
    """

    def __init__(self, space: SpaceService, item: DownloadItem, max_bytes: int, present_bytes: int) -> None:
        self.error: DownloadFailedError | None = None
        self._space = space
        self._book, self._quota = space.book, space.quota
        self.item = item
        self._max_bytes = max_bytes
        self._present_bytes = present_bytes
        self._last = ProgressUpdate(item_id=item.id, bytes_downloaded=0)
        self._day_bytes = space.quota.get_share(item)

    @property
    def cap_bytes(self) -> int:
        """Most bytes that the worker may receive in total, as far as it is known now."""
        room = self._book.held_bytes.get(self.item.id, 0) - self._present_bytes
        return max(0, min(self._max_bytes, room, self._day_bytes))

    def check_start(self) -> None:
        """Check that the worker may start; raises DiskFullError or QuotaExceededError."""
        size_bytes = self.item.total_size
        error: DownloadFailedError | None = None
        if size_bytes:
            error = self._book.extend(self.item.id, RoomNeed(size_bytes, COPY_FACTOR * size_bytes))
        if error is None and self.cap_bytes < 1:
            self.extend(1)
            error = self.error
        if error is not None:
            raise error

    def extend(self, received_bytes: int) -> int:
        """Let the cap grow because the worker has received more; return the new cap, still below that if it cannot."""
        present = self._present_bytes + received_bytes
        self.error = (
            self._find_size_error(received_bytes)
            or self._find_day_error(received_bytes)
            or self._book.extend(self.item.id, RoomNeed(present, present + EXTENSION_BYTES))
        )
        return self.cap_bytes

    def check_size(self, update: ProgressUpdate) -> None:
        """Correct the reservation to the size that a worker reports; raises DiskFullError without room for it."""
        self._last = update
        if update.total_bytes is None:
            return
        whole_bytes = COPY_FACTOR * update.total_bytes
        is_last = update.file_count is not None and update.file_index >= update.file_count
        if self._book.held_bytes.get(self.item.id, 0) >= whole_bytes:
            if is_last and self._book.shrink(self.item.id, whole_bytes):
                self._day_bytes = self._quota.reserve(self.item, min(self._day_bytes, whole_bytes))
                self._space.announce_room()
            return
        largest_bytes = self._book.plan.largest_bytes
        is_estimate = largest_bytes < update.total_bytes <= _ESTIMATE_FACTOR * largest_bytes
        error = self._book.extend(self.item.id, RoomNeed(update.total_bytes, whole_bytes))
        if error is not None and not is_estimate:
            raise error

    def sum_up(self, received_bytes: int) -> ProgressUpdate:
        """Return the last progress, with all that the download has received at least."""
        seen_bytes = max(self._last.bytes_downloaded, self._present_bytes + received_bytes)
        return attrs.evolve(self._last, bytes_downloaded=seen_bytes)

    def _find_size_error(self, received_bytes: int) -> DownloadFailedError | None:
        if received_bytes <= self._max_bytes:
            return None
        return build_refusal_error(BYTE_CAP)

    def _find_day_error(self, received_bytes: int) -> DownloadFailedError | None:
        if received_bytes <= self._day_bytes:
            return None
        self._day_bytes = self._quota.reserve(self.item, received_bytes + EXTENSION_BYTES)
        return None if received_bytes <= self._day_bytes else build_quota_error()
