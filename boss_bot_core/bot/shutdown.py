"""The shutdown signal: SIGTERM or SIGINT from an operator or a container platform, at any time after the start."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class ShutdownSignal:
    """Cancels the task that listens when the process receives SIGTERM or SIGINT for the first time."""

    def __init__(self) -> None:
        self.is_requested = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen for signals inside the block.

        A second signal has its default effect and kills the process, so that a hanging shutdown can be ended.
        """
        loop, task = asyncio.get_running_loop(), asyncio.current_task()

        def stop() -> None:
            self._unlisten(loop)
            self.is_requested = True
            if task is not None:
                task.cancel()

        for number in _SIGNALS:
            loop.add_signal_handler(number, stop)
        try:
            yield
        finally:
            self._unlisten(loop)

    def _unlisten(self, loop: asyncio.AbstractEventLoop) -> None:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
