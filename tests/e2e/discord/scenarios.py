"""Plays: tests of one module that go on at the same time, since most of each is waiting for a card's next edit.

A module lists them in `PLAYS`, and has one test that awaits each of them.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial

from tests.e2e.discord.bot_driver import Sandbox

Play = Callable[[Sandbox], Awaitable[None]]
Begun = Mapping[Play, "asyncio.Task[None]"]


@asynccontextmanager
async def begun(sandbox: Sandbox, plays: Sequence[Play]) -> AsyncIterator[Begun]:
    """Begin all of them; those that nobody awaited are ended with the block."""

    async def perform(play: Play) -> None:
        await play(sandbox)

    tasks = {play: asyncio.create_task(perform(play)) for play in plays}
    try:
        yield tasks
    finally:
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)


def title(play: object) -> str:
    """Return a play's name, with what it was given."""
    if isinstance(play, partial):
        return "-".join([title(play.func), *map(str, play.keywords.values())])
    return str(getattr(play, "__name__", play))
