"""The dispatcher: claims the next items, applies control requests, and waits for the next change of the queue.

A queue has one dispatcher. It does not poll: the notifier and a timer for the earliest retry wake it.
"""

import asyncio
from contextlib import suppress
from uuid import UUID

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.log import bind_job
from boss_bot_core.pipeline.job_outcome import OutcomeRecorder
from boss_bot_core.pipeline.job_supervisor import DisplacementPublisher, publish_requeued, run_to_outcome
from boss_bot_core.pipeline.room_admission import RoomAdmission
from boss_bot_core.pipeline.runner import Runner
from boss_bot_core.pipeline.running_job import RunningJob, StopReason
from boss_bot_core.queue import StaleClaimError, UnknownItemError
from boss_bot_core.queue.notifier import QueueNotifier

PAUSE_GRACE_S = 60.0
"""Seconds until a paused worker is killed; it resumes from its `.part` file. 40 s of silence proved harmless."""


class Dispatcher:
    """Runs the queue's items within its limits, until its task is cancelled."""

    def __init__(
        self, admission: RoomAdmission, notifier: QueueNotifier, runner: Runner, recorder: OutcomeRecorder
    ) -> None:
        self._admission = admission
        self._queue, self._space = admission.queue, admission.space
        self._notifier = notifier
        self._signal = notifier.subscribe()
        self._runner = runner
        self._bus = recorder.bus
        self._recorder = recorder
        self._running: dict[UUID, tuple[RunningJob, asyncio.Task[None]]] = {}
        self._unrecorded: list[DownloadItem] = []
        self._displaced = DisplacementPublisher(admission.queue, recorder.bus)

    async def run(self) -> None:
        """Requeue the items of a dead process, then dispatch; when cancelled, release every running item."""
        for recovered in await self._queue.recover():
            publish_requeued(recovered, self._bus)
        try:
            while True:
                await self._requeue_unrecorded()
                await self._apply_control_requests()
                await self._displaced.publish_new()
                # Taken before the claim: a retry that becomes due after the claim still sets the timer.
                claimed_at = utc_now()
                while (item := await self._admission.claim_next(self._runner.destinations)) is not None:
                    await self._start(item)
                due = await self._queue.next_due(claimed_at)
                await self._signal.wait(None if due is None else max(0.0, (due - utc_now()).total_seconds()))
        finally:
            for job, _ in self._running.values():
                self._stop(job, StopReason.SHUTDOWN)
            await asyncio.gather(*(task for _, task in self._running.values()))

    async def _requeue_unrecorded(self) -> None:
        # These rows still hold slots. If this write fails as well, the dispatcher ends; its next start recovers them.
        while self._unrecorded:
            with suppress(StaleClaimError, UnknownItemError):
                publish_requeued(await self._queue.claims.requeue(self._unrecorded[-1]), self._bus)
            self._unrecorded.pop()

    async def _apply_control_requests(self) -> None:
        for item in await self._queue.reader.list_flagged():
            job, _ = self._running.get(item.id, (None, None))
            if job is None or job.stop_reason is not None:
                continue
            if item.cancel_requested:
                self._stop(job, StopReason.CANCEL)
            elif item.pause_requested and not await job.pause():
                self._stop(job, StopReason.PAUSE)
            elif item.pause_requested:
                asyncio.get_running_loop().call_later(PAUSE_GRACE_S, self._end_pause, job)
        for job in [job for job, _ in self._running.values() if job.is_paused]:
            item = await self._queue.reader.get(job.item.id)
            if item.is_finished:
                job.item = item
                self._stop(job, StopReason.CANCEL)

    def _end_pause(self, job: RunningJob) -> None:
        if job.is_paused and job.stop_reason is None:
            self._stop(job, StopReason.PAUSE)

    def _stop(self, job: RunningJob, reason: StopReason) -> None:
        _, task = self._running.get(job.item.id, (None, None))
        # A job that has ended by itself is recording its outcome, which must not be interrupted.
        if task is not None and not job.is_recording_outcome:
            job.stop_reason = job.stop_reason or reason
            task.cancel()

    async def _start(self, item: DownloadItem) -> None:
        job, task = self._running.get(item.id, (None, None))
        if job is not None and job.stop_reason is None and not job.is_recording_outcome:
            # The job may end at this moment; it has then recorded its outcome under the new claim.
            with suppress(StaleClaimError):
                await job.resume_with(item)
            return
        if task is not None:
            await asyncio.wait([task])
        job = RunningJob(item, self._queue.claims, self._bus)
        self._space.reserve(job)
        self._running[item.id] = job, asyncio.create_task(self._run(job), name=f"job {item.short_id}")

    async def _run(self, job: RunningJob) -> None:
        try:
            with bind_job(job.item, action="job"):
                if not await run_to_outcome(job, self._runner, self._recorder):
                    self._unrecorded.append(job.item)
        finally:
            self._running.pop(job.item.id, None)
            self._space.release(job.item.id)
            self._notifier.notify()
