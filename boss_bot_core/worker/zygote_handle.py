"""`ZygoteHandle`: the bot's handle of one zygote process, from its start to its exit; `supervisor` restarts zygotes."""

import asyncio
import contextlib
import os
import socket
from typing import Literal, Self

from loguru import logger

from boss_bot_core.worker.errors import MessageError, ZygoteGoneError
from boss_bot_core.worker.messages import Fork, Ready, SendSignal
from boss_bot_core.worker.worker_registry import WorkerRecord, WorkerRegistry
from boss_bot_core.worker.zygote_io import ControlChannel, log_stderr, wait_for_exit
from boss_bot_core.worker.zygote_options import ZygoteOptions
from boss_bot_core.worker.zygote_plugins import ZygotePlugins
from boss_bot_core.zygote_launch import LaunchedZygote, launch_zygote

_END_TIMEOUT_S = 3.0
_FORK_TIMEOUT_S = 10.0


class ZygoteHandle:
    """Handle of a running zygote.

    Attributes:
        plugins: Its plugins.
        exited: Done when the zygote is dead, and each of its workers dead or being killed.
    """

    def __init__(self, launched: LaunchedZygote, options: ZygoteOptions) -> None:
        self._process = launched.process
        self._exit_descriptor = os.pidfd_open(self._process.pid)
        self._control = control = ControlChannel(launched.control)
        self._registry = WorkerRegistry()
        loop = asyncio.get_running_loop()
        self.exited = loop.create_task(self._read_messages())
        self.plugins = ZygotePlugins(control, options, self.exited, self._kill)
        self._stderr_task = loop.create_task(log_stderr(self._process))

    @property
    def pid(self) -> int:
        """The zygote's pid."""
        return self._process.pid

    @classmethod
    async def launch(cls, options: ZygoteOptions, launched: LaunchedZygote | None = None) -> Self:
        """Start a zygote, or adopt a launched one, and let it load its plugins; raises OSError when it cannot start."""
        handle = cls(launched or launch_zygote(options.extra_environment), options)
        if launched is None or not launched.is_loading:
            await handle.plugins.load()
        return handle

    async def make_ready(self) -> None:
        """Wait until the plugins are loaded.

        Raises:
            ZygoteStartError: The zygote died or was not ready in time; it is shut down.
        """
        try:
            await self.plugins.wait_until_loaded()
        except BaseException:
            await self.shut_down()
            raise

    async def fork(self, channel: socket.socket) -> WorkerRecord:
        """Fork a worker that communicates over `channel`; return its record once it runs.

        Raises:
            ZygoteGoneError: The zygote died, or hung and was killed.
            ForkFailedError: The machine has no process or memory left.
        """
        async with self.plugins.warm_up_lock:  # while the zygote warms up, it forks nothing
            entry = self._registry.add_worker()
        try:
            async with asyncio.timeout(_FORK_TIMEOUT_S):
                await self._send(Fork(worker_id=entry.worker_id), channel.fileno())
                await entry.started
        except TimeoutError as exc:
            self._kill()
            raise ZygoteGoneError("The process that starts downloads hangs.") from exc
        return entry

    async def send_signal(self, worker_id: int, signal: Literal["kill", "stop", "continue"]) -> None:
        """Have the zygote send a signal to a worker's process group; without effect once the worker is dead."""
        await self._send(SendSignal(worker_id=worker_id, signal=signal))

    async def shut_down(self) -> None:
        """Shut down the zygote and its workers; returns when the zygote is dead."""
        if self.plugins.is_busy:
            self._kill()
        self._control.half_close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_END_TIMEOUT_S):
                await asyncio.shield(self.exited)
        self._kill()
        await self.exited
        await self._stderr_task

    async def _send(self, message: Fork | SendSignal, *descriptors: int) -> None:
        with contextlib.suppress(OSError):  # the zygote is dead, which `exited` and the registry tell
            await self._control.send(message, *descriptors)

    async def _read_messages(self) -> None:
        try:
            async for message in self._control.read_messages():
                if isinstance(message, Ready):
                    self.plugins.record(message)
                else:
                    self._registry.record_message(message)
        except MessageError:
            logger.error("The zygote sent an invalid message and is killed.")
            self._kill()
        self._control.close()
        await wait_for_exit(self._process, self._exit_descriptor)
        self._registry.close()

    def _kill(self) -> None:
        self._process.kill()  # without effect once it has ended
