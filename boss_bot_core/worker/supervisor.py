"""`ZygoteSupervisor`: keeps one zygote running and restarts it with a growing delay when it dies repeatedly."""

import asyncio

from loguru import logger

from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.domain.clock import Backoff
from boss_bot_core.worker.confinement.kernel_support import detect_kernel_support
from boss_bot_core.worker.errors import ZygoteStartError
from boss_bot_core.worker.messages import Ready
from boss_bot_core.worker.zygote_handle import ZygoteHandle
from boss_bot_core.worker.zygote_options import ZygoteOptions
from boss_bot_core.zygote_launch import LaunchedZygote

_RESTART_BACKOFF = Backoff(initial_s=0.1, max_s=30.0)
_HEALTHY_AFTER_S = 60.0


class ZygoteSupervisor:
    """Starts the zygote and replaces it when it dies.

    Args:
        options: How each zygote is started.
        launched: A zygote that has been launched already, to be the first one.

    Attributes:
        options: As given.
    """

    def __init__(self, options: ZygoteOptions, launched: LaunchedZygote | None) -> None:
        self.options = options
        self._launched = launched
        self._handle: ZygoteHandle | None = None
        self._last: ZygoteHandle | None = None
        self._handle_changed = asyncio.Condition()
        self._first: asyncio.Task[ZygoteHandle] | None = None
        self._supervision: asyncio.Task[None] | None = None

    @property
    def ready(self) -> Ready:
        """What the present or last zygote told of its plugins."""
        assert self._last is not None, "no zygote became ready"  # noqa: S101 - `open` comes first
        return self._last.plugins.ready

    @property
    def pid(self) -> int | None:
        """The present zygote's pid; None while no zygote runs."""
        return None if self._handle is None else self._handle.pid

    async def open(self) -> None:
        """Start the first zygote and supervise it from then on; does not wait for its plugins."""
        logger.bind(action="zygote").info("{}", detect_kernel_support())
        handle = await ZygoteHandle.launch(self.options, self._launched)
        self._first = asyncio.create_task(self._make_ready(handle))
        self._supervision = asyncio.create_task(self._supervise(self._first))

    async def wait_for_zygote(self, dying: ZygoteHandle | None = None) -> ZygoteHandle:
        """Return the present zygote, or wait for the next one.

        Args:
            dying: A zygote that is known to be dying and must not be returned.

        Raises:
            ZygoteStartError: The first zygote did not become ready, or no other one within the start timeout.
        """
        if self._first is not None:
            await asyncio.shield(self._first)
        try:
            async with asyncio.timeout(self.options.start_timeout_s), self._handle_changed:
                while (handle := self._handle) is None or handle is dying:
                    await self._handle_changed.wait()
                return handle
        except TimeoutError as exc:
            raise ZygoteStartError("The process that runs the engines does not get ready.") from exc

    async def close(self) -> None:
        """Shut down the zygote and all its workers."""
        if self._first is not None and self._supervision is not None:
            await cancel_and_wait(self._first, self._supervision)
        if self._handle is not None:
            await self._handle.shut_down()
            self._handle = None

    async def _supervise(self, first: asyncio.Task[ZygoteHandle]) -> None:
        await asyncio.wait({first})
        if first.cancelled() or first.exception() is not None:
            return  # `wait_for_zygote` raises it
        handle = first.result()
        failures = 0
        loop = asyncio.get_running_loop()
        while True:
            started_at = loop.time()
            await asyncio.wait({handle.exited})
            self._handle = None
            if loop.time() - started_at > _HEALTHY_AFTER_S:
                failures = 0
            delay_s = _RESTART_BACKOFF.delay_s(failures + 1)
            logger.bind(action="zygote").error("The zygote died; the next one starts in {:.1f} s.", delay_s)
            handle, failures = await self._restart(failures)

    async def _restart(self, failures: int) -> tuple[ZygoteHandle, int]:
        while True:
            failures += 1
            await asyncio.sleep(_RESTART_BACKOFF.delay_s(failures))
            try:
                handle = await ZygoteHandle.launch(self.options)
                return await self._make_ready(handle), failures
            except Exception as exc:  # noqa: BLE001 - a machine without processes or threads fails in many ways, for a while
                logger.bind(action="zygote").error("{}", exc)

    async def _make_ready(self, handle: ZygoteHandle) -> ZygoteHandle:
        await handle.make_ready()
        async with self._handle_changed:
            self._handle = self._last = handle
            self._handle_changed.notify_all()
        return handle
