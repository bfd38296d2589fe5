"""`Zygote`: matches links and starts workers in the zygote process, which is replaced when it dies."""

import socket
from types import TracebackType
from typing import Self

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin.matching import MatchResult
from boss_bot_core.worker.confinement.policy import Confinement
from boss_bot_core.worker.engine_warm_up import EngineWarmUp
from boss_bot_core.worker.errors import ZygoteGoneError
from boss_bot_core.worker.event_stream import EventStream
from boss_bot_core.worker.link_matcher import LinkMatcher
from boss_bot_core.worker.matcher_pool import MatcherPool
from boss_bot_core.worker.messages import Ready, StartJob, WorkerJob, encode
from boss_bot_core.worker.supervisor import ZygoteSupervisor
from boss_bot_core.worker.worker_handle import WorkerHandle
from boss_bot_core.worker.worker_registry import WorkerRecord
from boss_bot_core.worker.zygote_handle import ZygoteHandle
from boss_bot_core.worker.zygote_options import ZygoteOptions
from boss_bot_core.zygote_launch import LaunchedZygote


class Zygote:
    """Matches links and starts workers; an async context manager.

    Args:
        options: How the zygote is started, and started again; by default with every plugin.
        confinement: Confinement of every worker for which `spawn` gets none; every layer by default.
        match_timeout_s: How long all plugins together may take to match a link.
        launched: A zygote that has been launched already, to be the first one.
    """

    def __init__(
        self,
        options: ZygoteOptions | None = None,
        *,
        confinement: Confinement | None = None,
        match_timeout_s: float = 5.0,
        launched: LaunchedZygote | None = None,
    ) -> None:
        self._supervisor = ZygoteSupervisor(options or ZygoteOptions(), launched)
        self._engines = EngineWarmUp(self._supervisor)
        self._confinement = confinement or Confinement()
        self._matcher = LinkMatcher(MatcherPool(self.spawn, match_timeout_s), self._engines)

    @property
    def ready(self) -> Ready:
        """The plugins that the present or last zygote has loaded, and those that it could not load."""
        return self._supervisor.ready

    @property
    def pid(self) -> int | None:
        """The present zygote's pid; None while no zygote runs."""
        return self._supervisor.pid

    async def wait_until_ready(self) -> None:
        """Wait until the plugins are loaded; raises ZygoteStartError when they cannot be."""
        await self._supervisor.wait_for_zygote()

    def begin_file_plugins(self) -> None:
        """Begin to warm up the plugins that inspect and convert files, which every new download needs."""
        self._engines.begin_file_plugins()

    async def match(self, link: Link, *, asks_all: bool = False) -> tuple[MatchResult, ...]:
        """Match a link with every plugin, in a worker process.

        Args:
            link: The link.
            asks_all: Whether a plugin with a cold engine has to answer even where another one comes before it anyway.

        Raises:
            EngineBrokenError: A plugin hung or crashed on this link.
            WorkerError: No zygote runs or becomes ready.
        """
        return await self._matcher.match(link, asks_all=asks_all)

    async def spawn(self, job: WorkerJob, confinement: Confinement | None = None) -> WorkerHandle:
        """Start a worker for `job`; use the handle as a context manager.

        Args:
            job: The job.
            confinement: The worker's confinement, if it differs from the default.

        Raises:
            WorkerError: No zygote runs or becomes ready, or the machine has no process left.
        """
        start_job = StartJob(job=job, confinement=confinement or self._confinement)
        await self._engines.prepare(job)
        bot_end, worker_end = socket.socketpair()
        try:
            with worker_end:
                handle, record = await self._fork_worker(worker_end)
            stream = await EventStream.from_socket(bot_end)
        except BaseException:
            bot_end.close()
            raise
        stream.send(encode(start_job, StartJob))
        self._engines.prepare_next(job)
        return WorkerHandle(job, record, handle, stream)

    async def _fork_worker(self, channel: socket.socket) -> tuple[ZygoteHandle, WorkerRecord]:
        handle = await self._supervisor.wait_for_zygote()
        try:
            return handle, await handle.fork(channel)
        except ZygoteGoneError:
            # No job has been sent yet, so the fork can be repeated with the next zygote at once.
            handle = await self._supervisor.wait_for_zygote(dying=handle)
            return handle, await handle.fork(channel)

    async def __aenter__(self) -> Self:
        await self._supervisor.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._matcher.close()
        await self._supervisor.close()
