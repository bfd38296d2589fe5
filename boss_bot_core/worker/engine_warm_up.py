"""`EngineWarmUp`: warms up the engines that a link or a job needs, in the zygote, before a worker is forked for it."""

import asyncio
import contextlib
from collections.abc import Collection

from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.worker.errors import WorkerError
from boss_bot_core.worker.messages import DownloadJob, MatchedLink, MatchJob, WorkerJob
from boss_bot_core.worker.supervisor import ZygoteSupervisor


class EngineWarmUp:
    """Warms up engines of the present zygote; does nothing once they are warm.

    Args:
        supervisor: Keeps the zygote running.
    """

    def __init__(self, supervisor: ZygoteSupervisor) -> None:
        self._supervisor = supervisor
        self._tasks: set[asyncio.Task[None]] = set()

    async def warm_up(self, plugins: Collection[str]) -> None:
        """Warm up these plugins; returns when they are warm, or have failed and are no longer in use.

        Raises:
            WorkerError: No zygote runs or becomes ready.
        """
        # The zygote finishes what it has begun, and answers, also when the caller is cancelled meanwhile.
        await asyncio.shield(self._warm_up(plugins))

    async def prepare(self, job: WorkerJob) -> None:
        """Warm up what the job needs: a download its plugin, the jobs after it every plugin that handles files.

        Raises:
            WorkerError: No zygote runs or becomes ready.
        """
        if isinstance(job, DownloadJob):
            await self.warm_up([job.plugin])
        elif not isinstance(job, MatchJob):
            await asyncio.shield(self._warm_up_file_plugins())

    def prepare_next(self, job: WorkerJob) -> None:
        """Begin to warm up the plugins that handle files, while a worker fetches the first ones."""
        if isinstance(job, DownloadJob) and set(self._list_file_plugins()) & set(self._supervisor.ready.cold):
            self.begin_file_plugins()

    def begin_file_plugins(self) -> None:
        """Begin to warm up the plugins that handle files, as soon as the zygote is ready."""
        task = asyncio.create_task(self._try_warm_up_file_plugins())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def wait_for_first_match(self) -> MatchedLink | None:
        """Return the link that the present zygote has matched at its start, or None.

        Raises:
            WorkerError: No zygote runs or becomes ready.
        """
        return (await self._supervisor.wait_for_zygote()).plugins.first_match

    async def wait_until_idle(self) -> None:
        """Wait until the zygote is ready and warms up nothing.

        Raises:
            WorkerError: No zygote runs or becomes ready.
        """
        handle = await self._supervisor.wait_for_zygote()
        async with handle.plugins.warm_up_lock:
            pass

    async def close(self) -> None:
        """Wait for nothing that is still being warmed up."""
        await cancel_and_wait(*self._tasks)

    async def _try_warm_up_file_plugins(self) -> None:
        with contextlib.suppress(WorkerError):  # whoever needs the engine gets the error
            await self._warm_up_file_plugins()

    async def _warm_up_file_plugins(self) -> None:
        handle = await self._supervisor.wait_for_zygote()
        await handle.plugins.warm_up(self._list_file_plugins())

    async def _warm_up(self, plugins: Collection[str]) -> None:
        handle = await self._supervisor.wait_for_zygote()
        await handle.plugins.warm_up(plugins)

    def _list_file_plugins(self) -> list[str]:
        ready = self._supervisor.ready
        return [name for name in ready.loaded if name not in ready.platforms]
