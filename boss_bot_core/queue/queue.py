"""The download queue: submission by the service, claims and recovery by the dispatcher."""

from collections.abc import Callable, Collection
from datetime import datetime

from boss_bot_core.concurrency import shielded
from boss_bot_core.database import Database, RowChangedError
from boss_bot_core.domain.clock import UtcClock, utc_now
from boss_bot_core.domain.items import DownloadItem, NewDownload
from boss_bot_core.domain.status import RUNNING
from boss_bot_core.queue import transitions
from boss_bot_core.queue.claims import ClaimWriter
from boss_bot_core.queue.control import QueueControl
from boss_bot_core.queue.limits import QueueLimits, list_displaced, make_room, to_item
from boss_bot_core.queue.policy import choose_next, is_deliverable
from boss_bot_core.queue.reader import QueueReader, list_waiting_and_running
from boss_bot_core.queue.retry import requeue_after_crash
from boss_bot_core.queue.start_verdict import RoomJudge


class DownloadQueue:
    """The queue's rows in a database, and the rules for their changes.

    Any process may submit, control and read items; only the holder of the `DispatcherLock` may claim and recover them.

    Args:
        database: The database with the rows.
        limits: Called at every decision, so that changed settings take effect at once.
        clock: Returns the current time.
        notify: Called after every change except progress, to wake the dispatcher: `QueueNotifier.notify`.
        machine: Id of this machine, which claims only its own items for folders; None for the only machine.
        judge_room: Tells the forecast whether an item has room to start; None means that all have.

    Attributes:
        claims: The fenced writes of runners.
        control: The control requests of users.
        reader: The reads.
    """

    def __init__(
        self,
        database: Database,
        limits: Callable[[], QueueLimits],
        *,
        notify: Callable[[], None],
        clock: UtcClock = utc_now,
        machine: str | None = None,
        judge_room: RoomJudge | None = None,
    ) -> None:
        self._database = database
        self.machine = machine
        self._limits = limits
        self._clock = clock
        self._notify_dispatcher = notify
        self.reader = QueueReader(database, limits, clock, judge_room)
        self.claims = ClaimWriter(database, clock, self._notify)
        self.control = QueueControl(database, limits, clock, self._notify)

    @shielded
    async def submit(self, new: NewDownload) -> DownloadItem:
        """Add a download to the queue and return its item; raises QueueFullError if as many wait as may."""
        async with self._database.begin(exclusive=True) as tx:
            await make_room(tx, new, self._limits(), self._clock())
            item = await tx.items.insert(to_item(new, self._clock(), self.machine))
        self._notify()
        return item

    async def claim_next(
        self, destinations: Collection[str] | None = None, judge_room: RoomJudge | None = None
    ) -> DownloadItem | None:
        """Claim and return the next item for a kind of `destinations` (None: any), or None when none may start now."""
        while True:
            try:
                claimed = await self._claim_next(destinations, judge_room)
            except RowChangedError:  # on PostgreSQL the chosen item can be cancelled or paused meanwhile: choose again
                continue
            if claimed is not None:
                self._notify()
            return claimed

    @shielded
    async def next_due(self, since: datetime) -> datetime | None:
        """Return the start time of the first retry that was not due yet at `since`, or None."""
        async with self._database.connect() as tx:
            return await tx.items.find_next_start(since)

    @shielded
    async def list_displaced(self, since: datetime) -> list[DownloadItem]:
        """Return the items that were displaced from the full queue after `since`, oldest first."""
        return await list_displaced(self._database, since)

    @shielded
    async def recover(self) -> list[DownloadItem]:
        """Requeue the items that a dead process was running, and return them; the attempts do not count.

        Call it once, under the `DispatcherLock`, before the first claim. Pending control requests are applied. An item
        that was running in each of many crashes fails, because it may be their cause.
        """
        async with self._database.begin(exclusive=True) as tx:
            running = await tx.items.list_by_status(RUNNING)
            recovered = [await tx.items.replace(item, requeue_after_crash(item, self._clock())) for item in running]
        self._notify()
        return recovered

    def _notify(self) -> None:
        self.reader.invalidate()
        self._notify_dispatcher()

    @shielded
    async def _claim_next(self, destinations: Collection[str] | None, judge: RoomJudge | None) -> DownloadItem | None:
        async with self._database.begin(exclusive=True) as tx:
            limits, now = self._limits(), self._clock()
            # On a busy bot most calls end here; reading the rows of all waiting items costs three times as much.
            if await tx.items.count(RUNNING) >= limits.max_running:
                return None
            waiting, running = await list_waiting_and_running(tx)
            deliverable = [item for item in waiting if is_deliverable(item, destinations, self.machine)]
            chosen = choose_next(deliverable, running, limits, now, judge)
            return None if chosen is None else await tx.items.replace(chosen, transitions.claim(chosen, now))
