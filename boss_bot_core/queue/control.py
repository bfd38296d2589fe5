"""Control requests: cancel, pause, resume, retry or give up a download, from any process; all are idempotent."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from boss_bot_core.concurrency import shielded
from boss_bot_core.database import Database
from boss_bot_core.domain.clock import UtcClock
from boss_bot_core.domain.errors import DownloadError
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.link import FitChoice
from boss_bot_core.queue import control_rules
from boss_bot_core.queue.control_rules import ControlOutcome, ControlResult
from boss_bot_core.queue.errors import UnknownItemError
from boss_bot_core.queue.limits import QueueLimits, make_room


class QueueControl:
    """Applies control requests to items by id. All methods raise `UnknownItemError` for an unknown id."""

    def __init__(
        self,
        database: Database,
        limits: Callable[[], QueueLimits],
        clock: UtcClock,
        notify: Callable[[], None],
    ) -> None:
        self._database = database
        self._limits = limits
        self._clock = clock
        self._notify = notify

    async def cancel(self, item_id: UUID) -> ControlResult:
        """Cancel a waiting or paused item at once; request the cancellation of a running item from its runner."""
        return await self._apply(item_id, lambda item: control_rules.apply_cancel(item, self._clock()))

    async def pause(self, item_id: UUID) -> ControlResult:
        """Pause a waiting item at once; request the pause of a running item from its runner. Uploads do not pause."""
        return await self._apply(item_id, control_rules.apply_pause)

    async def resume(self, item_id: UUID) -> ControlResult:
        """Queue a paused item again, or withdraw a pause request that the runner has not carried out yet."""
        return await self._apply(item_id, control_rules.apply_resume)

    async def retry(
        self, item_id: UUID, max_file_size_bytes: int | None = None, fit: FitChoice | None = None
    ) -> ControlResult:
        """Queue a failed or cancelled item again, with all its attempts.

        Args:
            item_id: The item's id.
            max_file_size_bytes: The destination's current limit for one file, or None for the previous limit.
            fit: The requester's answer to the item's open question.

        Raises:
            QueueFullError: The limit for waiting downloads is reached.
        """
        rule = partial(control_rules.apply_retry, max_file_size_bytes=max_file_size_bytes, fit=fit)
        return await self._apply(item_id, rule, needs_capacity=True)

    async def give_up(self, item_id: UUID, error: DownloadError) -> ControlResult:
        """Fail a waiting item with `error`, because its requester does not wait for the next attempt."""
        return await self._apply(item_id, lambda item: control_rules.apply_give_up(item, error, self._clock()))

    @shielded
    async def _apply(
        self, item_id: UUID, rule: Callable[[DownloadItem], ControlResult], *, needs_capacity: bool = False
    ) -> ControlResult:
        async with self._database.begin(exclusive=needs_capacity) as tx:
            item = await tx.items.lock(item_id)
            if item is None:
                raise UnknownItemError(item_id.hex)
            result = rule(item)
            if needs_capacity and result.outcome is ControlOutcome.DONE:
                await make_room(tx, item, self._limits(), self._clock())
            await tx.items.replace(item, result.item)
        if result.outcome in {ControlOutcome.DONE, ControlOutcome.REQUESTED}:
            self._notify()
        return result
