"""What people may ask of a download, whoever runs it. Asking twice is the same as asking once."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from boss_bot_core.database import Database, shielded
from boss_bot_core.domain.clock import UtcClock
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.queue import control_rules
from boss_bot_core.queue.control_rules import ControlOutcome, ControlResult
from boss_bot_core.queue.errors import UnknownItemError
from boss_bot_core.queue.limits import QueueLimits, check_capacity


class QueueControl:
    """Cancel, pause, resume and retry by id. All raise `UnknownItemError` for an id that is not there."""

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
        """Cancel it at once while it waits or is paused; while it runs, tell its runner to."""
        return await self._apply(item_id, lambda item: control_rules.apply_cancel(item, self._clock()))

    async def pause(self, item_id: UUID) -> ControlResult:
        """Pause it at once while it waits; while it runs, tell its runner to. An upload cannot be paused."""
        return await self._apply(item_id, control_rules.apply_pause)

    async def resume(self, item_id: UUID) -> ControlResult:
        """Let a paused item wait again, or withdraw a pause that its runner has not made yet."""
        return await self._apply(item_id, control_rules.apply_resume)

    async def retry(self, item_id: UUID, max_file_size_bytes: int | None = None) -> ControlResult:
        """Let a failed or cancelled item wait again, with all its attempts.

        Args:
            item_id: The item.
            max_file_size_bytes: What its destination takes by now, or None for as much as before.

        Raises:
            QueueFullError: As many wait as may wait.
        """
        again = partial(control_rules.apply_retry, max_file_size_bytes=max_file_size_bytes)
        return await self._apply(item_id, again, needs_capacity=True)

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
                await check_capacity(tx, item, self._limits())
            await tx.items.replace(item, result.item)
        if result.outcome in {ControlOutcome.DONE, ControlOutcome.REQUESTED}:
            self._notify()
        return result
