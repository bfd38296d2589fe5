"""Lets each person's orders be taken one after the other, and different people's beside each other.

Whether somebody may have one more today is a question and then a deed: asked six times at once, it would be answered
six times before the first download counts.

Keeps a cancellation from breaking a message off: it takes effect between two messages.

A request that is cut may have arrived; letting it end is quicker than looking for it later.

Lets a short piece of work end although the task that wants it is cancelled meanwhile.

A cancelled task must not leave a commit half done, nor its connection in an unknown state; milliseconds are worth that.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from weakref import WeakValueDictionary


class KeyedLock:
    """Whose turn it is."""

    def __init__(self) -> None:
        # Each lock is forgotten when nobody holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, key: int) -> AsyncIterator[None]:
        """Wait until no other order of this person is being taken, and keep the turn for the block."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            yield


T = TypeVar("T")


async def finish_within(work: Coroutine[Any, Any, T], grace_s: float) -> T:
    """Return what `work` returns; when cancelled meanwhile, let it go on for at most `grace_s`, then end it."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=grace_s)
        raise
    finally:
        if not task.done():
            await cancel_and_wait(task)
        if not task.cancelled():
            # Looked at, or asyncio would report an error that nobody saw.
            task.exception()


P = ParamSpec("P")


def shielded(work: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Make the coroutine function `work` run to its end; a cancellation of the caller is raised after that.

    The caller of a cancelled call learns nothing of its outcome, which may be either.
    """

    @wraps(work)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        task = asyncio.ensure_future(work(*args, **kwargs))
        cancelled: asyncio.CancelledError | None = None
        while not task.done():
            try:
                await asyncio.wait([task])
            except asyncio.CancelledError as error:
                cancelled = error
        if cancelled is None:
            return task.result()
        if not task.cancelled():
            # Looked at, or asyncio would report an error that nobody saw.
            task.exception()
        raise cancelled

    return run


async def cancel_and_wait(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks and wait until all of them have ended, whatever they end with."""
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)
