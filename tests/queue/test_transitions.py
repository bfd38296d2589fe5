"""A stateful property test of the queue over SQLite: users, runners and crashes never break its rules."""

import asyncio
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any, TypeVar
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, RuleBasedStateMachine, consumes, invariant, multiple, rule

from boss_bot_core.database import Database
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import TRANSITIONS, DownloadStatus
from boss_bot_core.errors import QueueFullError
from boss_bot_core.queue import DownloadQueue, QueueLimits, StaleClaimError, TransitionRefusedError
from boss_bot_core.testing.store.base import MovableClock, build_new_download
from boss_bot_core.testing.store.writes import ENDINGS, build_downloaded_file, end_item
from tests.properties import few_examples, many_random_examples

T = TypeVar("T")
LIMITS = QueueLimits(max_running=3, max_running_per_user=2, max_waiting=5)
RUNNING_STAGES = (DownloadStatus.DOWNLOADING, DownloadStatus.PROCESSING, DownloadStatus.UPLOADING)


class QueueMachine(RuleBasedStateMachine):
    """The state machine: rules are possible actions, and invariants must hold after each action."""

    ids = Bundle("ids")
    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.clock = MovableClock()
        self.seen: dict[UUID, DownloadItem] = {}
        self.stack = AsyncExitStack()
        self.run_async(self.open())

    def run_async(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(coroutine)

    async def open(self) -> None:
        self.database = await self.stack.enter_async_context(Database.open(f"sqlite:///{self.folder.name}/q.db"))
        self.queue = DownloadQueue(self.database, lambda: LIMITS, notify=lambda: None, clock=self.clock)

    def teardown(self) -> None:
        self.run_async(self.stack.aclose())
        self.runner.close()
        self.folder.cleanup()

    @rule(target=ids, user=st.integers(0, 3), guild=st.integers(0, 2))
    def submit(self, user: int, guild: int) -> UUID | MultipleResults[UUID]:
        waiting = self.run_async(self.queue.reader.state()).total_items
        try:
            item = self.run_async(self.queue.submit(build_new_download(user_id=user, guild_id=guild)))
        except QueueFullError:
            assert waiting >= LIMITS.max_waiting
            return multiple()
        assert waiting < LIMITS.max_waiting
        return item.id

    @rule(target=claims)
    def claim(self) -> DownloadItem | MultipleResults[DownloadItem]:
        item = self.run_async(self.queue.claim_next())
        return multiple() if item is None else item

    @rule(target=claims, item=consumes(claims), status=st.sampled_from(RUNNING_STAGES))
    def advance(self, item: DownloadItem, status: DownloadStatus) -> DownloadItem:
        return self.write_as_runner(item, self.queue.claims.advance(item, status))

    @rule(item=claims, how=st.sampled_from(ENDINGS))
    def end(self, item: DownloadItem, how: str) -> None:
        self.write_as_runner(item, end_item(self.queue, item, how))

    @rule(item=claims)
    def complete(self, item: DownloadItem) -> None:
        self.write_as_runner(item, self.queue.claims.complete(item, [build_downloaded_file(item)]))

    @rule(item_id=ids, request=st.sampled_from(["cancel", "pause", "resume", "retry"]))
    def control(self, item_id: UUID, request: str) -> None:
        try:
            self.run_async(getattr(self.queue.control, request)(item_id))
        except QueueFullError:
            assert request == "retry"

    @rule(seconds=st.integers(1, 4000))
    def pass_time(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @rule()
    def restart(self) -> None:
        self.run_async(self.stack.aclose())
        self.run_async(self.open())
        recovered = self.run_async(self.queue.recover())
        assert not any(item.is_running for item in recovered)

    def write_as_runner(self, item: DownloadItem, write: Coroutine[Any, Any, DownloadItem]) -> DownloadItem:
        """Write as a runner, and check that the row justifies a refusal."""
        before = self.run_async(self.queue.reader.get(item.id))
        owns = before.is_running and before.claim == item.claim
        try:
            after = self.run_async(write)
        except StaleClaimError:
            assert not owns
            return item
        except TransitionRefusedError as refusal:
            after, refused = item, {refusal.wanted}
        else:
            refused = set()
        assert owns
        assert not refused & TRANSITIONS[before.status]
        return after

    @invariant()
    def rules_hold(self) -> None:
        rows = self.run_async(self.read_items())
        running = [row for row in rows.values() if row.is_running]
        assert len(running) <= LIMITS.max_running
        assert all(sum(row.user_id == user for row in running) <= 2 for user in (1, 2, 3))
        for row in rows.values():
            before = self.seen.get(row.id)
            if before is not None:
                assert row.status is before.status or row.status in TRANSITIONS[before.status]
                assert row.claim - before.claim in {0, 1}
            assert (row.completed_at is not None) == row.is_finished
            assert 0 <= row.attempt_count <= row.claim
            assert row.is_running or not (row.cancel_requested or row.pause_requested)
        assert self.seen.keys() <= rows.keys()
        self.seen = rows

    async def read_items(self) -> dict[UUID, DownloadItem]:
        async with self.database.connect() as tx:
            return {item.id: item for item in await tx.items.list_by_status(DownloadStatus)}


TestQueueLife = QueueMachine.TestCase
TestQueueLife.settings = settings(few_examples(12), stateful_step_count=40)


@pytest.mark.slow
@pytest.mark.timeout(900)
class TestManyQueueLives(QueueMachine.TestCase):  # type: ignore[valid-type, misc]  # Hypothesis types it as a variable
    settings = settings(many_random_examples(200), stateful_step_count=40)
