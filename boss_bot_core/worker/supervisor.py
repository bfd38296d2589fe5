"""`ZygoteSupervisor`: keeps one zygote running and restarts it with a growing delay when it dies repeatedly."""

import asyncio
import contextlib
from collections.abc import Mapping

from loguru import logger

from boss_bot_core.domain.clock import Backoff
from boss_bot_core.worker.confinement.kernel_support import detect_kernel_support
from boss_bot_core.worker.errors import ZygoteStartError
from boss_bot_core.worker.messages import Ready
from boss_bot_core.worker.zygote_handle import ZygoteHandle

_RESTART_BACKOFF = Backoff(initial_s=0.1, max_s=30.0)
_HEALTHY_AFTER_S = 60.0


class ZygoteSupervisor:
    """Starts the zygote and replaces it when it dies.

    Args:
        disabled: Plugins that the operator has disabled.
        environment: Extra variables for the zygote.
        start_timeout_s: How long the zygote may take to become ready.

    Attributes:
        ready: The `Ready` message of the last zygote that became ready.
    """

    ready: Ready

    def __init__(self, disabled: frozenset[str], environment: Mapping[str, str], start_timeout_s: float) -> None:
        self._disabled = disabled
        self._environment = dict(environment)
        self._start_timeout_s = start_timeout_s
        self._handle: ZygoteHandle | None = None
        self._handle_changed = asyncio.Condition()
        self._supervision: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The present zygote's pid; None while no zygote runs."""
        return None if self._handle is None else self._handle.pid

    async def open(self) -> None:
        """Start the first zygote and supervise it from then on.

        Raises:
            ZygoteStartError: The first zygote did not become ready.
        """
        logger.bind(action="zygote").info("{}", detect_kernel_support())
        self._supervision = asyncio.create_task(self._supervise(await self._start()))

    async def wait_for_zygote(self, dying: ZygoteHandle | None = None) -> ZygoteHandle:
        """Return the present zygote, or wait for the next one.

        Args:
            dying: A zygote that is known to be dying and must not be returned.

        Raises:
            ZygoteStartError: No zygote became ready within the start timeout.
        """
        try:
            async with asyncio.timeout(self._start_timeout_s), self._handle_changed:
                while (handle := self._handle) is None or handle is dying:
                    await self._handle_changed.wait()
                return handle
        except TimeoutError as exc:
            raise ZygoteStartError("The process that runs the engines does not get ready.") from exc

    async def close(self) -> None:
        """Shut down the zygote and all its workers."""
        if self._supervision is not None:
            self._supervision.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._supervision
        if self._handle is not None:
            await self._handle.shut_down()
            self._handle = None

    async def _supervise(self, handle: ZygoteHandle) -> None:
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
                return await self._start(), failures
            except Exception as exc:  # noqa: BLE001 - a machine without processes or threads fails in many ways, for a while
                logger.bind(action="zygote").error("{}", exc)

    async def _start(self) -> ZygoteHandle:
        handle = await ZygoteHandle.start(self._disabled, self._environment, self._start_timeout_s)
        for failure in handle.ready.failures:
            if not failure.disabled:
                logger.bind(action="zygote", plugin=failure.name).warning(
                    "Plugin {} is not in use: {}", failure.name, failure.reason
                )
        self.ready = handle.ready
        async with self._handle_changed:
            self._handle = handle
            self._handle_changed.notify_all()
        return handle
