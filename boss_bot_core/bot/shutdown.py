"""The wish to stop, as an operator or a container platform utters it.

Apart from the start because it may come at any moment of it.
"""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class ShutdownSignal:
    """The wish to stop: SIGTERM or SIGINT ends the task that listens, once."""

    def __init__(self) -> None:
        self.is_asked = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen for the duration of a block.

        A second signal ends the process as if nobody listened: what hangs can always be ended.
        """
        loop, task = asyncio.get_running_loop(), asyncio.current_task()

        def stop() -> None:
            self._unlisten(loop)
            self.is_asked = True
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
