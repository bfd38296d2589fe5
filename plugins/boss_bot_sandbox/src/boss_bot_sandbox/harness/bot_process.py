"""The bot as a child process that is restarted whenever it ends.

The web page shows its state and can kill it.
"""

import asyncio
import signal
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final

import attrs

from boss_bot_sandbox.harness import child_process

BOT: Final = ("-m", "boss_bot_core", "run")
_MAX_LINES = 200
_RESTART_DELAYS_S = (0.5, 1.0, 2.0, 5.0, 10.0)
_STABLE_S = 30.0


@attrs.frozen(kw_only=True)
class BotState:
    """The state of the bot's process.

    Attributes:
        pid: The process id; None while no process runs.
        starts: How often the bot was started.
        exit_code: The exit code of the previous process; the negative signal number when a signal ended it.
    """

    pid: int | None = None
    starts: int = 0
    exit_code: int | None = None


class BotProcess:
    """Runs the bot and restarts it when it ends.

    Attributes:
        state: The current state of the process.
        lines: The last 200 lines of its output.
        ended: Set as soon as a process has ended for the first time.

    Args:
        program: The arguments of the Python interpreter.
        on_line: Called with every line of the output.
        on_state_change: Called with every new ``state``.
    """

    def __init__(
        self,
        program: tuple[str, ...] = BOT,
        *,
        on_line: Callable[[str], None] = lambda _: None,
        on_state_change: Callable[[BotState], None] = lambda _: None,
    ) -> None:
        self.state = BotState()
        self.lines: deque[str] = deque(maxlen=_MAX_LINES)
        self.ended = asyncio.Event()
        self._program = program
        self._on_line = on_line
        self._on_state_change = on_state_change
        self._process: asyncio.subprocess.Process | None = None

    def signal(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the bot, which is restarted when it ends. Does nothing while no process runs."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)

    @asynccontextmanager
    async def run(self, environment: Mapping[str, str]) -> AsyncIterator[None]:
        """Keep the bot running for the duration of the block; then stop it and let it finish its output."""
        task = asyncio.create_task(self._restart_forever(environment))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])
            if not task.cancelled():
                task.result()

    async def _restart_forever(self, environment: Mapping[str, str]) -> None:
        loop, failures = asyncio.get_running_loop(), 0
        while True:
            started = loop.time()
            await self._run_once(environment)
            failures = 0 if loop.time() - started > _STABLE_S else failures + 1
            await asyncio.sleep(_RESTART_DELAYS_S[min(failures, len(_RESTART_DELAYS_S) - 1)])

    async def _run_once(self, environment: Mapping[str, str]) -> None:
        process = self._process = await child_process.start_child(self._program, environment)
        self._set_state(BotState(pid=process.pid, starts=self.state.starts + 1, exit_code=self.state.exit_code))
        try:
            async for line in child_process.read_lines(process):
                self.lines.append(line)
                self._on_line(line)
            await process.wait()
        finally:
            await child_process.stop_child(process)
            self._set_state(attrs.evolve(self.state, pid=None, exit_code=process.returncode))
            self.ended.set()

    def _set_state(self, state: BotState) -> None:
        self.state = state
        self._on_state_change(state)
