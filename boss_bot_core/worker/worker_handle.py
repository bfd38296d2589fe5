"""`WorkerHandle`: the bot's handle of one worker process.

It streams the worker's events, waits for its exit, and kills, pauses or resumes its process group.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator
from types import TracebackType
from typing import Self

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import DownloadCancelledError, DownloadFailedError, EngineBrokenError, build_report
from boss_bot_core.worker.errors import MessageError
from boss_bot_core.worker.event_stream import EventStream
from boss_bot_core.worker.messages import Event, HookFailed, WorkerJob, encode
from boss_bot_core.worker.messages.events import JobResult
from boss_bot_core.worker.result_check import check_result
from boss_bot_core.worker.usage import PauseClock, read_group_pss_bytes
from boss_bot_core.worker.worker_registry import WorkerExit, WorkerRecord
from boss_bot_core.worker.zygote_handle import ZygoteHandle

_EXIT_GRACE_S = 2.0


class WorkerHandle:
    """Handle of a running worker; an async context manager that kills the worker when the block is left.

    Attributes:
        job: The worker's job.
        pause_clock: How long the worker was paused.
        started_at: When the worker was forked, `time.monotonic()`.
        last_event_at: When its last event arrived, `time.monotonic()`.
    """

    def __init__(self, job: WorkerJob, record: WorkerRecord, zygote: ZygoteHandle, stream: EventStream) -> None:
        self.job = job
        self.pause_clock = PauseClock()
        self.started_at = self.last_event_at = time.monotonic()
        self._record = record
        self._zygote = zygote
        self._stream = stream
        self._kill_reason: DownloadFailedError | None = None

    @property
    def pid(self) -> int:
        """The worker's pid, which is also the id of its process group."""
        return self._record.pid

    def send_link(self, link: Link) -> None:
        """Send a link to a worker with a `MatchJob`; it answers with `Matched`."""
        self._stream.send(encode(link, Link))

    async def read_events(self) -> AsyncGenerator[Event, None]:
        """Yield the worker's events; may be called once. The last event is always a `JobResult`.

        When it arrives, the worker and its process group are dead, and the paths in the result have been checked.
        """
        try:
            async for event in self._stream.read_events():
                self.last_event_at = time.monotonic()
                if isinstance(event, JobResult):
                    await self._shut_down()
                    await asyncio.to_thread(check_result, self.job, event)
                    yield event
                    return
                yield event
            worker_exit = await self.wait()
            yield self._build_failure(EngineBrokenError(f"The engine's process {worker_exit}."))
        except MessageError as exc:
            await self._shut_down(grace_s=0)
            yield self._build_failure(EngineBrokenError("The engine's process sent what it may not."), str(exc))

    async def kill(self, reason: DownloadFailedError | None = None) -> None:
        """Kill the worker's process group; its last event reports `reason`, or a cancellation."""
        if not self._record.exited.done():
            self._kill_reason = self._kill_reason or reason or DownloadCancelledError("The download was cancelled.")
            await self._zygote.send_signal(self._record.worker_id, "kill")

    async def pause(self) -> None:
        """Stop the worker's process group; connections stay open and no byte is transferred."""
        self.pause_clock.start()
        await self._zygote.send_signal(self._record.worker_id, "stop")

    async def resume(self) -> None:
        """Continue the worker's process group."""
        await self._zygote.send_signal(self._record.worker_id, "continue")
        self.pause_clock.stop()

    async def wait(self) -> WorkerExit:
        """Wait until the worker has exited and return how."""
        return await asyncio.shield(self._record.exited)

    async def read_pss_bytes(self) -> int:
        """Return the PSS of the worker and all its descendants in bytes; 0 once it is dead."""
        return await asyncio.to_thread(read_group_pss_bytes, self.pid)

    async def _shut_down(self, grace_s: float = _EXIT_GRACE_S) -> None:
        """Wait for the worker to exit and kill it after `grace_s`; afterwards no process changes its files."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace_s):
                await self.wait()
        await self._zygote.send_signal(self._record.worker_id, "kill")
        await self.wait()

    def _build_failure(self, error: DownloadFailedError, detail: str | None = None) -> HookFailed:
        return HookFailed(report=build_report(self._kill_reason or error, detail=detail))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            await self.kill()
            await self.wait()
        finally:
            await self._stream.close()
