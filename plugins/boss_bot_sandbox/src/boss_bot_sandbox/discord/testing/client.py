"""An ordinary discord.py bot that records its events.

With it, tests of the server and of plugins check how an unmodified client interprets what the server sends.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

from boss_bot_sandbox.discord.state.event_log import WAIT_TIMEOUT_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class RecordingBot(commands.Bot):
    """A bot with the prefix ``$`` that records every event that it dispatches.

    Attributes:
        recorded: The names of the events without "on_", each with its first argument.
    """

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(
            command_prefix="$",
            intents=intents or discord.Intents.all(),
            # How long the client waits for more guilds before it is ready; two seconds by default.
            guild_ready_timeout=0.1,
        )
        self.recorded: list[tuple[str, Any]] = []
        self._changed = asyncio.Event()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify immediately; the library waits five seconds before every identify but the first."""

    def dispatch(self, event_name: str, /, *args: object, **kwargs: object) -> None:
        """Record the event, then dispatch it as usual."""
        self.recorded.append((event_name, args[0] if args else None))
        self._changed.set()
        super().dispatch(event_name, *args, **kwargs)

    # Any, because the type of the argument depends on the event.
    async def wait_for_event(self, event: str, times: int = 1, timeout_s: float = WAIT_TIMEOUT_S) -> Any:  # noqa: ANN401
        """Return the first argument of the n-th occurrence of an event, including past ones.

        Raises:
            TimeoutError: The event did not occur that often in time.
        """
        try:
            async with asyncio.timeout(timeout_s):
                while len(found := [value for name, value in self.recorded if name == event]) < times:
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            names = [name for name, _ in self.recorded if not name.startswith("socket")]
            raise TimeoutError(f"no {event!r} (times: {times}) within {timeout_s} s, but {names}") from None
        return found[times - 1]


@asynccontextmanager
async def run_bot(bot: RecordingBot, token: str, *, ready: bool = True) -> AsyncIterator[RecordingBot]:
    """Run a bot for the duration of the block; ``ready`` waits until it is ready."""
    task = asyncio.create_task(bot.start(token))
    try:
        if ready:
            ready_or_dead = asyncio.create_task(bot.wait_for_event("ready"))
            await asyncio.wait([task, ready_or_dead], return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                ready_or_dead.cancel()
                await task
            await ready_or_dead
        yield bot
    finally:
        await bot.close()
        await asyncio.wait([task])
