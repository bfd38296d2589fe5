"""`WorkerRegistry`: the workers of one zygote, updated from the zygote's messages, and how each worker exited."""

import asyncio
import contextlib
import itertools
import os
import signal

import attrs

from boss_bot_core.worker.errors import ForkFailedError, ZygoteGoneError
from boss_bot_core.worker.messages import Exited, Forked, ForkFailed


@attrs.frozen(kw_only=True)
class WorkerExit:
    """How a worker exited.

    Attributes:
        code: Exit code, or the negated number of the signal that killed it; None if its zygote died with it.
    """

    code: int | None

    def __str__(self) -> str:
        """Describe the exit in words that follow "the worker"."""
        if self.code is None:
            return "died with its zygote"
        if self.code >= 0:
            return f"ended with code {self.code}"
        try:
            return f"died ({signal.Signals(-self.code).name})"
        except ValueError:
            return f"died (signal {-self.code})"


@attrs.define(kw_only=True)
class WorkerRecord:
    """One worker, from the request to fork it until its exit.

    Attributes:
        worker_id: Number that identifies the worker in messages to and from the zygote.
        started: Completed when the worker runs, or failed when it could not be forked.
        exited: Completed with the worker's exit.
        pid: The pid of the worker, and the id of its process group; 0 before it runs.
    """

    worker_id: int
    started: asyncio.Future[None]
    exited: asyncio.Future[WorkerExit]
    pid: int = 0


class WorkerRegistry:
    """Tracks the workers of one zygote from fork to exit."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._records: dict[int, WorkerRecord] = {}
        self._closed = False

    def add_worker(self) -> WorkerRecord:
        """Create the record of a worker that is about to be forked.

        Raises:
            ZygoteGoneError: The zygote is dead.
        """
        if self._closed:
            raise ZygoteGoneError("The process that starts downloads has just died.")
        loop = asyncio.get_running_loop()
        entry = WorkerRecord(worker_id=next(self._ids), started=loop.create_future(), exited=loop.create_future())
        self._records[entry.worker_id] = entry
        return entry

    def record_message(self, message: Forked | ForkFailed | Exited) -> None:
        """Update the record of the worker that a message of the zygote names."""
        entry = self._records[message.worker_id]
        if isinstance(message, Forked):
            entry.pid = message.pid
            if not entry.started.done():
                entry.started.set_result(None)
            return
        del self._records[message.worker_id]
        if isinstance(message, Exited):
            entry.exited.set_result(WorkerExit(code=message.code))
        elif not entry.started.done():
            entry.started.set_exception(ForkFailedError(f"The machine gave no process: {message.reason}."))

    def close(self) -> None:
        """Mark every worker as exited because the zygote is dead, and kill what is left of their process groups."""
        self._closed = True
        for entry in self._records.values():
            if entry.pid:
                # The kernel has killed the worker with its parent; this kills the processes that the worker started.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(entry.pid, signal.SIGKILL)
            if not entry.started.done():
                entry.started.set_exception(ZygoteGoneError("The process that starts downloads has just died."))
            entry.exited.set_result(WorkerExit(code=None))
        self._records.clear()
