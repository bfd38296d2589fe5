"""`Zygote`: matches links and starts workers in the zygote process, which is replaced when it dies."""

import socket
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin.matching import MatchResult, find_better_undecided
from boss_bot_core.worker.confinement.policy import Confinement
from boss_bot_core.worker.engine_warm_up import EngineWarmUp
from boss_bot_core.worker.errors import ZygoteGoneError
from boss_bot_core.worker.event_stream import EventStream
from boss_bot_core.worker.matcher_pool import MatcherPool
from boss_bot_core.worker.messages import Ready, StartJob, WorkerJob, encode
from boss_bot_core.worker.supervisor import ZygoteSupervisor
from boss_bot_core.worker.worker_handle import WorkerHandle
from boss_bot_core.worker.worker_registry import WorkerRecord
from boss_bot_core.worker.zygote_handle import ZygoteHandle
from boss_bot_core.zygote_launch import LaunchedZygote


class Zygote:
    """Matches links and starts workers; an async context manager.

    Args:
        disabled: Plugins that the operator has disabled.
        confinement: Confinement of every worker for which `spawn` gets none; every layer by default.
        extra_environment: Variables for the zygote and its workers, beside PATH, HOME, LANG, LC_*, TZ and TMPDIR.
        start_timeout_s: How long plugins may take to load or to warm up.
        match_timeout_s: How long all plugins together may take to match a link.
        is_eager: Whether every engine is warmed up at the start, which a bot with many links wants. Otherwise the block
            is entered at once, and only the engines that the links need are warmed up.
        launched: A zygote that has been launched already, to be the first one.
    """

    def __init__(
        self,
        *,
        disabled: frozenset[str] = frozenset(),
        confinement: Confinement | None = None,
        extra_environment: Mapping[str, str] | None = None,
        start_timeout_s: float = 60.0,
        match_timeout_s: float = 5.0,
        is_eager: bool = True,
        launched: LaunchedZygote | None = None,
    ) -> None:
        self._supervisor = ZygoteSupervisor(
            disabled, extra_environment or {}, start_timeout_s, is_eager=is_eager, launched=launched
        )
        self._engines = EngineWarmUp(self._supervisor)
        self._confinement = confinement or Confinement()
        self._matchers = MatcherPool(self.spawn, match_timeout_s)

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

    async def prepare(self, link: Link) -> None:
        """Begin to warm up the engine that a link needs first; the zygote does it while this process does other things.

        Raises:
            EngineBrokenError: A plugin hung or crashed on this link.
            WorkerError: No zygote runs or becomes ready.
        """
        better = find_better_undecided(await self._matchers.match(link))
        if better is not None:
            await self._engines.begin([better])

    async def match(self, link: Link, *, asks_all: bool = False) -> tuple[MatchResult, ...]:
        """Match a link with every plugin, in a worker process.

        A plugin whose engine is not loaded stays undecided where another one comes before it anyway.

        Args:
            link: The link.
            asks_all: Whether no plugin may stay undecided.

        Raises:
            EngineBrokenError: A plugin hung or crashed on this link.
            WorkerError: No zygote runs or becomes ready.
        """
        while True:
            results = await self._matchers.match(link)
            undecided = [result.plugin for result in results if result.undecided_up_to is not None]
            better = find_better_undecided(results)
            if not undecided or (better is None and not asks_all):
                return results
            await self._engines.warm_up(undecided if asks_all or better is None else [better])
            await self._matchers.close()  # they were forked before the warm-up

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
        await self._engines.prepare_next(job)
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
        await self._engines.close()
        await self._matchers.close()
        await self._supervisor.close()
