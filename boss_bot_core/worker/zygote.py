"""The zygote as the bot uses it: there when it is needed, a new one when it died."""

import socket
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin.loaded import Claim
from boss_bot_core.worker.confinement.policy import Confinement
from boss_bot_core.worker.errors import ZygoteGoneError
from boss_bot_core.worker.event_stream import EventStream
from boss_bot_core.worker.matcher_pool import MatcherPool
from boss_bot_core.worker.messages import Ready, StartJob, WorkerJob, encode
from boss_bot_core.worker.supervisor import ZygoteSupervisor
from boss_bot_core.worker.worker_handle import WorkerHandle
from boss_bot_core.worker.worker_registry import WorkerRecord
from boss_bot_core.worker.zygote_handle import ZygoteHandle


class Zygote:
    """Matches links and starts workers; an async context manager.

    Args:
        disabled: Plugins that the operator does not want.
        confinement: What workers are locked into unless `spawn` is told otherwise; every wall by default.
        extra_environment: Variables for the zygote and its workers, beside PATH, HOME, LANG, LC_*, TZ and TMPDIR.
        start_timeout_s: How long plugins may take to warm up.
        match_timeout_s: How long all plugins together may think about a link.
    """

    def __init__(
        self,
        *,
        disabled: frozenset[str] = frozenset(),
        confinement: Confinement | None = None,
        extra_environment: Mapping[str, str] | None = None,
        start_timeout_s: float = 60.0,
        match_timeout_s: float = 5.0,
    ) -> None:
        self._supervisor = ZygoteSupervisor(disabled, extra_environment or {}, start_timeout_s)
        self._confinement = confinement or Confinement()
        self._matchers = MatcherPool(self.spawn, match_timeout_s)

    @property
    def ready(self) -> Ready:
        """What the present zygote, or the last one, has loaded, and which plugins it could not use."""
        return self._supervisor.ready

    @property
    def pid(self) -> int | None:
        """The present zygote's pid; None while there is none."""
        return self._supervisor.pid

    async def match(self, link: Link) -> tuple[Claim, ...]:
        """Ask every platform about a link, in a process that is not the bot.

        Raises:
            EngineBrokenError: A plugin hung or crashed on this link.
            WorkerError: There is no zygote, and none gets ready.
        """
        return await self._matchers.match(link)

    async def spawn(self, job: WorkerJob, confinement: Confinement | None = None) -> WorkerHandle:
        """Start a worker for `job`; use the handle as a context manager.

        Args:
            job: What it does.
            confinement: What it is locked into, if not as all are.

        Raises:
            WorkerError: There is no zygote, and none gets ready, or the machine gives no process.
        """
        assignment = StartJob(job=job, confinement=confinement or self._confinement)
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                handle, entry = await self._fork_worker(theirs)
            stream = await EventStream.from_socket(ours)
        except BaseException:
            ours.close()
            raise
        stream.send(encode(assignment, StartJob))
        return WorkerHandle(job, entry, handle, stream)

    async def _fork_worker(self, channel: socket.socket) -> tuple[ZygoteHandle, WorkerRecord]:
        handle = await self._supervisor.wait_for_zygote()
        try:
            return handle, await handle.fork(channel)
        except ZygoteGoneError:
            # No job has been told to anybody yet, so that the next zygote can be asked at once.
            handle = await self._supervisor.wait_for_zygote(dying=handle)
            return handle, await handle.fork(channel)

    async def __aenter__(self) -> Self:
        await self._supervisor.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._matchers.close()
        await self._supervisor.close()
