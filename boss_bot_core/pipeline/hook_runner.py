"""Runs one worker for a job from its fork to its last word, watched all the time."""

import asyncio
import math
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, nullcontext

import attrs
from loguru import logger

from boss_bot_core.egress import Lease
from boss_bot_core.errors import EngineBrokenError
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.worker import (
    Confinement,
    Event,
    HookFailed,
    LogLine,
    WatchLimits,
    WorkerHandle,
    Zygote,
    watch_worker,
)
from boss_bot_core.worker import WorkerJob as Work
from boss_bot_core.worker.messages.events import JobResult

Listener = Callable[[Event], Awaitable[None]]


class HookRunner:
    """Forks workers for jobs and gets their results, or the typed reason why there is none."""

    def __init__(self, zygote: Zygote, confinement: Confinement, limits: WatchLimits) -> None:
        self._zygote = zygote
        self._confinement = confinement
        self._limits = limits
        # Who computes has no way to tell how far it is, and needs none: its time ends with the wall clock.
        self._computing_limits = attrs.evolve(limits, stall_s=math.inf)
        # A worker without network computes all the time: more of them than cores only cost memory.
        self._computing = asyncio.Semaphore(os.cpu_count() or 1)

    async def run(
        self, job: RunningJob, work: Work, listener: Listener | None = None, *, lease: Lease | None = None
    ) -> JobResult:
        """Run `work` in a worker of its own and return its last word.

        Args:
            job: The job it is a part of; a pause of the job stops the worker.
            work: What to do.
            listener: Called with every event before the last.
            lease: The worker's way out; bytes that pass there count as a sign of life.

        Raises:
            DownloadFailedError: The worker failed, died, or was ended by a watchdog.
        """
        log = logger.bind(action="worker", job_id=job.item.short_id)
        async with (
            nullcontext() if lease else self._computing,
            await self._zygote.spawn(work, self._confinement) as handle,
            _watched(handle, self._limits if lease else self._computing_limits, lease),
            aclosing(handle.read_events()) as events,
        ):
            with job.attached_to(handle):
                async for event in events:
                    if isinstance(event, HookFailed):
                        log.debug(event.report.detail or event.report.message)
                        raise event.report.to_error()
                    if isinstance(event, JobResult):
                        return event
                    if isinstance(event, LogLine):
                        log.log(event.level, event.message)
                    elif listener is not None:
                        await listener(event)
        raise EngineBrokenError("The engine's process ended without a word.")


@asynccontextmanager
async def _watched(handle: WorkerHandle, limits: WatchLimits, lease: Lease | None) -> AsyncIterator[None]:
    watching = asyncio.create_task(watch_worker(handle, limits, lambda: lease.last_activity_at if lease else None))
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.wait({watching})
