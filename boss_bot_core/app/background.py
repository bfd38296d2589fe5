"""The background tasks of a dispatching process: dispatcher, clean-ups, metrics; and the right to run them."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager

from loguru import logger

from boss_bot_core.app.disk import LOCK_NAME, free_space
from boss_bot_core.app.engine import DownloadEngine
from boss_bot_core.app.services import CoreServices
from boss_bot_core.app.start_errors import translate_start_errors
from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.database import DatabaseFullError
from boss_bot_core.domain.cleanup import CleanupSchedule
from boss_bot_core.operations.cleanup.scheduler import CleanupScheduler
from boss_bot_core.operations.cleanup.service import CleanupService
from boss_bot_core.operations.metrics import MetricsCollector
from boss_bot_core.pipeline.dispatcher import Dispatcher
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.job_outcome import OutcomeRecorder
from boss_bot_core.pipeline.room_admission import RoomAdmission
from boss_bot_core.pipeline.space_watch import SpaceWatch
from boss_bot_core.queue import DispatcherElsewhereError
from boss_bot_core.queue.dispatcher_lock import DispatcherLock
from boss_bot_core.storage import Storage

RESTART_DELAY_S = 5.0
"""Seconds until a dispatcher that failed, such as on a lost database, starts again."""


@asynccontextmanager
async def hold_dispatcher_lock(services: CoreServices) -> AsyncIterator[None]:
    """Hold the dispatcher lock of the data folder, and the leader lock of a database that machines may share.

    Raises:
        DispatcherRunningError: Another process holds the lock of the data folder.
        DispatcherElsewhereError: A process with another data folder holds the lock of the database.
    """
    lock = DispatcherLock(services.storage.layout.locks / LOCK_NAME)
    with ExitStack() as stack:
        with translate_start_errors():
            stack.enter_context(lock)
        async with services.database.hold_leader_lock() as is_won:
            if not is_won:
                raise DispatcherElsewhereError("Another boss-bot already works on this database; stop it first.")
            yield


@asynccontextmanager
async def dispatch(
    services: CoreServices, engine: DownloadEngine, bus: EventBus, metrics: MetricsCollector, cleanup: CleanupService
) -> AsyncIterator[None]:
    """Run dispatcher, clean-ups, space watch and metrics until the block is left; running downloads are released."""
    recorder = OutcomeRecorder(services.queue.claims, bus, random.Random())  # noqa: S311 - jitter, no secret
    admission = RoomAdmission(services.queue, services.space)
    dispatcher = Dispatcher(admission, services.notifier, engine.runner, recorder)
    schedule = CleanupSchedule(quiet_hour=services.settings.storage.quiet_hour)
    scheduler = CleanupScheduler(cleanup, schedule, services.storage)
    await services.space.quota.load()
    tasks = {
        asyncio.create_task(_supervised(dispatcher.run, services.storage), name="dispatcher"),
        asyncio.create_task(scheduler.run(), name="cleanup"),
        asyncio.create_task(SpaceWatch(services.space).run(), name="space watch"),
        asyncio.create_task(metrics.run(bus), name="metrics"),
    }
    try:
        yield
    finally:
        await cancel_and_wait(*tasks)


async def _supervised(run: Callable[[], Awaitable[None]], storage: Storage) -> None:
    while True:
        try:
            await run()
        except DatabaseFullError:
            # No job runs now. With no byte freed, the disk is full of other files: wait for the operator.
            if await free_space(storage):
                continue
        except Exception:  # noqa: BLE001 - nothing may end the dispatching but the end of the program
            logger.bind(action="dispatch").exception("The dispatcher failed; it starts again in a moment.")
        await asyncio.sleep(RESTART_DELAY_S)
