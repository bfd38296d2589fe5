"""How a worker ended, as the zygote that reaped it says.

Which workers a zygote has, kept by the bot from what the zygote says: births, pids, ends.
"""

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
    """How a worker ended.

    Attributes:
        code: Exit code, the negated number of the signal that ended it, or None when its zygote died with it.
    """

    code: int | None

    def __str__(self) -> str:
        """Say it in a few words, to follow "the worker"."""
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
    """A worker from the wish to have it until its end.

    Attributes:
        worker_id: Number that the zygote knows it by.
        started: Done once it runs.
        pid: Its pid, and its group's; 0 before its birth.
        exited: How it ended, once it has.
    """

    worker_id: int
    started: asyncio.Future[None]
    exited: asyncio.Future[WorkerExit]
    pid: int = 0


class WorkerRegistry:
    """The workers of one zygote."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._records: dict[int, WorkerRecord] = {}
        self._closed = False

    def add_worker(self) -> WorkerRecord:
        """Return the entry of a worker that is about to be asked for.

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
        """Take down what the zygote said."""
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
        """The zygote is dead: so is, or must be, every worker."""
        self._closed = True
        for entry in self._records.values():
            if entry.pid:
                # The kernel has killed the worker with its parent; this is for what the worker started.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(entry.pid, signal.SIGKILL)
            if not entry.started.done():
                entry.started.set_exception(ZygoteGoneError("The process that starts downloads has just died."))
            entry.exited.set_result(WorkerExit(code=None))
        self._records.clear()
