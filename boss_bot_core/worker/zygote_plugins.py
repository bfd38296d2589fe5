"""`ZygotePlugins`: the plugins of one zygote, which are loaded first and whose engines are warmed up when needed."""

import asyncio
import contextlib
from collections.abc import Callable, Collection

from loguru import logger

from boss_bot_core.worker.errors import ZygoteStartError
from boss_bot_core.worker.messages import LoadPlugins, MatchedLink, Ready, WarmUp
from boss_bot_core.worker.zygote_io import ControlChannel
from boss_bot_core.worker.zygote_options import ZygoteOptions


class ZygotePlugins:
    """Loads and warms up the plugins of a zygote.

    Args:
        control: The zygote's control channel.
        options: How the zygote is started.
        exited: Done when the zygote is dead.
        kill: Kills the zygote; while it loads or warms up, it reads no message.

    Attributes:
        ready: The zygote's last answer: the plugins in use, the cold ones and the failed ones.
        first_match: The link that the zygote has matched at its start, or None.
        warm_up_lock: Held while engines are warmed up, when the zygote forks nothing.
    """

    ready: Ready
    first_match: MatchedLink | None = None

    def __init__(
        self, control: ControlChannel, options: ZygoteOptions, exited: asyncio.Future[None], kill: Callable[[], None]
    ) -> None:
        self._control = control
        self._options = options
        self._exited = exited
        self._kill = kill
        self._answer: asyncio.Future[Ready] = asyncio.get_running_loop().create_future()
        self._failure_count = 0
        self.warm_up_lock = asyncio.Lock()

    @property
    def is_busy(self) -> bool:
        """Whether the zygote loads plugins or warms up engines, and reads no message."""
        return not self._answer.done()

    def record(self, ready: Ready) -> None:
        """Record an answer of the zygote, and log the plugins that have failed since the last one."""
        for failure in ready.failures[self._failure_count :]:
            if not failure.disabled:
                logger.bind(action="zygote", plugin=failure.name).warning(
                    "Plugin {} is not in use: {}", failure.name, failure.reason
                )
        self._failure_count = len(ready.failures)
        self.first_match = self.first_match or ready.matched
        self._answer.set_result(ready)

    async def load(self) -> None:
        """Let the zygote load its plugins; does not wait for it."""
        options = self._options
        await self._send(
            LoadPlugins(
                disabled=tuple(sorted(options.disabled)),
                # A zygote that was launched early has not got all of them.
                environment=dict(options.extra_environment),
                is_eager=options.is_eager,
            )
        )

    async def wait_until_loaded(self) -> None:
        """Wait until the plugins are loaded.

        Raises:
            ZygoteStartError: The zygote died, or was not ready in time and was killed.
        """
        await asyncio.wait(
            (self._answer, self._exited), timeout=self._options.start_timeout_s, return_when=asyncio.FIRST_COMPLETED
        )
        if not self._answer.done():
            self._kill()
            raise ZygoteStartError("The process that runs the engines did not get ready; the log says more.")
        self.ready = self._answer.result()

    async def warm_up(self, plugins: Collection[str]) -> None:
        """Warm up the cold ones of these plugins; returns when they are warm or have failed.

        Raises:
            ZygoteStartError: The zygote died, or was not ready in time and was killed.
        """
        async with self.warm_up_lock:
            if cold := sorted(set(plugins) & set(self.ready.cold)):
                self._answer = asyncio.get_running_loop().create_future()
                await self._send(WarmUp(plugins=tuple(cold)))
                await self.wait_until_loaded()

    async def _send(self, message: LoadPlugins | WarmUp) -> None:
        with contextlib.suppress(OSError):  # the zygote is dead, which `exited` tells
            await self._control.send(message)
