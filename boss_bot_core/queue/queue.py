"""The queue of downloads: what the service puts in, and what the dispatcher takes out."""

from collections.abc import Callable, Collection
from datetime import datetime

from boss_bot_core.database import Database, RowChangedError, shielded
from boss_bot_core.domain.clock import UtcClock, utc_now
from boss_bot_core.domain.items import DownloadItem, NewDownload
from boss_bot_core.domain.status import RUNNING
from boss_bot_core.queue import transitions
from boss_bot_core.queue.claims import ClaimWriter
from boss_bot_core.queue.control import QueueControl
from boss_bot_core.queue.limits import QueueLimits, check_capacity, to_item
from boss_bot_core.queue.policy import choose_next
from boss_bot_core.queue.reader import QueueReader, list_waiting_and_running
from boss_bot_core.queue.retry import requeue_after_crash


class DownloadQueue:
    """Rows in a database, and the rules by which they change.

    Any number of processes may submit, ask and look; only the holder of the `DispatcherLock` may claim and recover.

    Args:
        database: Where the rows are.
        limits: Asked at every decision, so that changed settings count at once.
        clock: Tells the time.
        notify: Called after every change but progress, to wake who waits for one; `QueueNotifier.notify`.

    Attributes:
        claims: What the owner of a running item writes.
        control: What people ask of an item.
        reader: What people are shown.
    """

    def __init__(
        self,
        database: Database,
        limits: Callable[[], QueueLimits],
        *,
        notify: Callable[[], None],
        clock: UtcClock = utc_now,
    ) -> None:
        self._database = database
        self._limits = limits
        self._clock = clock
        self._notify_dispatcher = notify
        self.reader = QueueReader(database, limits, clock)
        self.claims = ClaimWriter(database, clock, self._notify)
        self.control = QueueControl(database, limits, clock, self._notify)

    @shielded
    async def submit(self, new: NewDownload) -> DownloadItem:
        """Admit a download and return it as it is kept.

        Raises:
            QueueFullError: As many wait as may wait, of everybody or of this person.
        """
        async with self._database.begin(exclusive=True) as tx:
            await check_capacity(tx, new, self._limits())
            item = await tx.items.insert(to_item(new, self._clock()))
        self._notify()
        return item

    async def claim_next(self, destinations: Collection[str] | None = None) -> DownloadItem | None:
        """Take what the policy says is next and return it, downloading; None when nothing may start now.

        Args:
            destinations: Kinds that the caller delivers to, or None for all: what goes elsewhere waits for another.
        """
        while True:
            try:
                claimed = await self._claim_next(destinations)
            except RowChangedError:
                # PostgreSQL lets somebody cancel or pause the chosen one meanwhile: choose again.
                continue
            if claimed is not None:
                self._notify()
            return claimed

    @shielded
    async def next_due(self, since: datetime) -> datetime | None:
        """Return when the first retry may start that still had to wait at `since`, before the last claim; or None."""
        async with self._database.connect() as tx:
            return await tx.items.next_due(since)

    @shielded
    async def recover(self) -> list[DownloadItem]:
        """Take back what a dead process was running, without losing it an attempt, and return those items.

        Call it once, under the `DispatcherLock`, before the first claim. A wish to cancel or pause made before the
        death comes true here. What was running at every one of many deaths has failed: it may be their cause.
        """
        async with self._database.begin(exclusive=True) as tx:
            found = await tx.items.in_status(RUNNING)
            left = [await tx.items.replace(item, requeue_after_crash(item, self._clock())) for item in found]
        self._notify()
        return left

    def _notify(self) -> None:
        self.reader.invalidate()
        self._notify_dispatcher()

    @shielded
    async def _claim_next(self, destinations: Collection[str] | None) -> DownloadItem | None:
        async with self._database.begin(exclusive=True) as tx:
            limits, now = self._limits(), self._clock()
            # On a busy bot this is most calls; the rows of all that wait cost three times as much.
            if await tx.items.count(RUNNING) >= limits.max_running:
                return None
            waiting, running = await list_waiting_and_running(tx)
            mine = [item for item in waiting if destinations is None or item.destination.kind in destinations]
            chosen = choose_next(mine, running, limits, now)
            return None if chosen is None else await tx.items.replace(chosen, transitions.claim(chosen, now))
