"""The base of the contract tests: fixtures for a database, a queue and a movable clock, and builders of test data."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import count

import attrs
import pytest

from boss_bot_core.database import Database
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.items import Destination, DownloadItem, NewDownload
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.queue import DownloadQueue, QueueLimits

_NUMBERS = count(1)


@attrs.define
class MovableClock:
    """A clock that stands still until a test moves it.

    Attributes:
        now: The time on the clock.
    """

    now: datetime = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time, one microsecond later at each call, so that no two items have the same age."""
        self.now += timedelta(microseconds=1)
        return self.now

    def advance(self, seconds: float) -> None:
        """Move the clock forward by `seconds`."""
        self.now += timedelta(seconds=seconds)


def build_new_download(
    *, user_id: int = 1, guild_id: int = 1, priority: DownloadPriority = DownloadPriority.NORMAL
) -> NewDownload:
    """Return a new download with unique media: downloads of the same media would wait for each other."""
    return NewDownload(
        url="https://media.test/1",
        media_key=f"test:{next(_NUMBERS)}",
        plugin="test",
        destination=Destination(kind="folder", target="/nowhere"),
        max_file_size_bytes=1_000_000,
        user_id=user_id,
        guild_id=guild_id,
        priority=priority,
    )


def build_failure(item: DownloadItem) -> DownloadError:
    """Return a retryable error of `item`."""
    return DownloadError(
        item_id=item.id, error_type=ErrorType.NETWORK, message="The site is gone.", timestamp=item.created_at
    )


class StoreContract:
    """The fixtures of the contract tests; a subclass's module provides `database_url`."""

    @pytest.fixture
    def clock(self) -> MovableClock:
        """The queue's clock."""
        return MovableClock()

    @pytest.fixture
    async def database(self, database_url: str) -> AsyncIterator[Database]:
        """The open database."""
        async with Database.open(database_url) as database:
            yield database

    @pytest.fixture
    def queue(self, database: Database, clock: MovableClock) -> DownloadQueue:
        """A queue with three slots, two for each user, and six waiting downloads."""
        limits = QueueLimits(max_running=3, max_running_per_user=2, max_waiting=6)
        return DownloadQueue(database, lambda: limits, notify=lambda: None, clock=clock)


async def claim_item(queue: DownloadQueue, new: NewDownload | None = None) -> DownloadItem:
    """Submit a download and return it claimed.

    Raises:
        AssertionError: The queue did not start the download.
    """
    await queue.submit(new or build_new_download())
    item = await queue.claim_next()
    if item is None:
        raise AssertionError("a slot was free, but nothing was claimed")
    return item
