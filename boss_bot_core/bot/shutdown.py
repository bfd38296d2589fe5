"""The shutdown signal: SIGTERM, SIGINT or SIGHUP from an operator, a closed terminal or a container platform."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from loguru import logger

_STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_KILLING = (signal.SIGTERM, signal.SIGINT)
"""The signals that kill the process when they arrive during the shutdown."""


class ShutdownSignal:
    """Cancels the task that listens when the process receives one of the signals for the first time."""

    def __init__(self) -> None:
        self.is_requested = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen for signals inside the block.

        A second SIGTERM or SIGINT has its default effect and kills the process, so that a hanging shutdown can be
        ended. A second SIGHUP is ignored, because a terminal that closes and its shell both send one. A SIGHUP that
        is ignored at the start, as after `nohup`, stays so.
        """
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        numbers = [each for each in _STOPPING if signal.getsignal(each) is not signal.SIG_IGN]

        def stop(number: signal.Signals) -> None:
            for each in _KILLING:
                loop.remove_signal_handler(each)
            if self.is_requested:
                return
            self.is_requested = True
            logger.bind(action="stop").info("Stopping because of {}.", number.name)
            if task is not None:
                task.cancel()

        for number in numbers:
            loop.add_signal_handler(number, stop, number)
        try:
            yield
        finally:
            for number in numbers:
                loop.remove_signal_handler(number)
