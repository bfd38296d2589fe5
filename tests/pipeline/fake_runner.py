"""A runner without engines and a worker without a process, for tests of the dispatcher."""

from collections.abc import Awaitable, Callable, Collection
from unittest.mock import create_autospec

import attrs

from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.runner import CompletedRun
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.worker import WorkerHandle


def build_worker() -> WorkerHandle:
    """Return a worker without a process that can be paused and resumed."""
    worker: WorkerHandle = create_autospec(WorkerHandle, instance=True, spec_set=True)
    return worker


@attrs.define
class FakeRunner:
    """A runner whose work is defined by the test."""

    work: Callable[[RunningJob], Awaitable[None]]

    @property
    def destinations(self) -> Collection[str]:
        return {"folder"}

    async def run(self, job: RunningJob) -> CompletedRun:
        await job.advance(DownloadStatus.DOWNLOADING)
        await self.work(job)
        await job.advance(DownloadStatus.PROCESSING)
        await job.advance(DownloadStatus.UPLOADING)
        return CompletedRun(files=(), receipts=())
