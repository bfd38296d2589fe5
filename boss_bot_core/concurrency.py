"""Helpers for asyncio tasks: a lock per key, and ways to delay, bound or complete a cancellation."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from weakref import WeakValueDictionary

P = ParamSpec("P")
ResultT = TypeVar("ResultT")


class KeyedLock:
    """One lock for each key, such as a user's id: holders of the same key wait for each other.

    The requests of one user are handled one after the other, because each checks the user's limits before its download
    counts: six requests at once would all pass the check. Requests of different users are handled concurrently.
    """

    def __init__(self) -> None:
        # A lock is dropped when no task holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, key: int) -> AsyncIterator[None]:
        """Hold the lock of `key` during the block, after waiting for its other holders."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            yield


async def finish_within(work: Coroutine[Any, Any, ResultT], grace_s: float) -> ResultT:
    """Return the result of `work`; when the caller is cancelled, let `work` continue for at most `grace_s` seconds.

    This suits requests to Discord: an interrupted request may have arrived, and waiting for its answer is quicker than
    searching for its effect later.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=grace_s)
        raise
    finally:
        if not task.done():
            await cancel_and_wait(task)
        _mark_retrieved(task)


def shielded(work: Callable[P, Coroutine[Any, Any, ResultT]]) -> Callable[P, Coroutine[Any, Any, ResultT]]:
    """Make the coroutine function `work` always run to its end; a cancellation of the caller is raised after that.

    This suits short work such as a commit: a cancellation must not leave a commit half done, nor its connection in an
    unknown state, and costs milliseconds. The caller of a cancelled call does not learn whether the work succeeded.
    """

    @wraps(work)
    async def run(*args: P.args, **kwargs: P.kwargs) -> ResultT:
        task = asyncio.ensure_future(work(*args, **kwargs))
        cancelled: asyncio.CancelledError | None = None
        while not task.done():
            try:
                await asyncio.wait([task])
            except asyncio.CancelledError as error:
                cancelled = error
        if cancelled is None:
            return task.result()
        _mark_retrieved(task)
        raise cancelled

    return run


async def run_cancellable(work: Coroutine[Any, Any, ResultT], *, repeat_s: float = 1.0) -> ResultT:
    """Return the result of `work`; a cancellation of the caller reaches it, also if it swallows the first one.

    `asyncio.wait_for` of Python 3.11 swallows a cancellation in the moment in which its own work is done.

    Args:
        work: The work.
        repeat_s: Seconds between two cancellations of the work.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            task.cancel()
            await asyncio.wait([task], timeout=repeat_s)
        _mark_retrieved(task)
        raise


async def cancel_and_wait(*tasks: asyncio.Task[Any]) -> None:
    """Cancel the tasks and wait until all of them have ended, with whatever result or exception."""
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)


def _mark_retrieved(task: asyncio.Task[Any]) -> None:
    """Retrieve the exception of an ended task; asyncio would otherwise report that it was never retrieved."""
    if not task.cancelled():
        task.exception()
