"""Time as the cards see it: handed in, so that tests need not wait."""

import asyncio
import time
from contextlib import suppress
from datetime import datetime

from boss_bot_core.domain.clock import utc_now


class Clock:
    """The real time."""

    def monotonic(self) -> float:
        """Return seconds of a clock that never goes back."""
        return time.monotonic()

    def now(self) -> datetime:
        """Return the time, UTC."""
        return utc_now()

    async def wait(self, signal: asyncio.Event, timeout_s: float | None) -> None:
        """Wait for `signal`, at most for `timeout_s` seconds; None waits as long as it takes."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await signal.wait()
