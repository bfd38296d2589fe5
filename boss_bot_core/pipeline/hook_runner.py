"""Runs one hook in a worker process of its own, from its start to its result, under the watchdog's limits."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing, asynccontextmanager, nullcontext

from loguru import logger

from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.egress import Lease
from boss_bot_core.errors import EngineBrokenError
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.worker_limits import WorkerLimits
from boss_bot_core.worker import (
    DownloadJob,
    Event,
    HookFailed,
    InspectJob,
    LogLine,
    WatchLimits,
    WorkerHandle,
    WorkerJob,
    Zygote,
    watch_worker,
)
from boss_bot_core.worker.messages.events import JobResult
from boss_bot_core.worker.plugin_log import ENGINE_ACTION, log_failure, log_line

EventListener = Callable[[Event], Awaitable[None]]


class HookRunner:
    """Starts workers for the stages of jobs, and returns their results or raises their errors.

    Args:
        zygote: Forks the workers.
        limits: The limits by kind of job.
    """

    def __init__(self, zygote: Zygote, limits: Mapping[type[WorkerJob], WorkerLimits]) -> None:
        self._zygote = zygote
        self._limits = limits

    async def run(
        self,
        job: RunningJob,
        worker_job: WorkerJob,
        listener: EventListener | None = None,
        *,
        lease: Lease | None = None,
    ) -> JobResult:
        """Run `worker_job` in a new worker and return its result.

        Args:
            job: The running job; a pause of the job stops the worker.
            worker_job: The hook to run, and its request.
            listener: Called with every event before the result.
            lease: The worker's access to the network, whose traffic counts as a sign of life; None for no network.

        Raises:
            DownloadFailedError: The worker failed, died, or was killed by the watchdog.
        """
        log = logger.bind(action="worker", job_id=job.item.short_id)
        plugin = worker_job.plugin if isinstance(worker_job, DownloadJob) else None
        limits = self._limits[type(worker_job)]
        async with (
            nullcontext() if _waits_for_service(worker_job) else limits.slots or nullcontext(),
            await self._zygote.spawn(worker_job, limits.confinement) as handle,
            _run_watchdog(handle, limits.watch, lease),
            aclosing(handle.read_events()) as events,
        ):
            with job.attach_worker(handle):
                async for event in events:
                    if isinstance(event, HookFailed):
                        log_failure(log, event, plugin)
                        raise event.report.to_error()
                    if isinstance(event, JobResult):
                        return event
                    if isinstance(event, LogLine):
                        # A download's error says what its engine means; of other hooks, nothing else says it.
                        log_line(log.bind(action=ENGINE_ACTION) if plugin else log, event, plugin)
                    elif listener is not None:
                        await listener(event)
        raise EngineBrokenError("The engine's process ended without a word.")


def _waits_for_service(worker_job: WorkerJob) -> bool:
    # It waits most of the time: a scanner that hangs must not keep other downloads from their inspection.
    return isinstance(worker_job, InspectJob) and any(inspector.services for inspector in worker_job.inspectors)


@asynccontextmanager
async def _run_watchdog(handle: WorkerHandle, limits: WatchLimits, lease: Lease | None) -> AsyncIterator[None]:
    watchdog = asyncio.create_task(watch_worker(handle, limits, lambda: lease.last_activity_at if lease else None))
    try:
        yield
    finally:
        await cancel_and_wait(watchdog)
