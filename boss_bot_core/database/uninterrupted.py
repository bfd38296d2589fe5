"""Lets a short piece of work end although the task that wants it is cancelled meanwhile.

A cancelled task must not leave a commit half done, nor its connection in an unknown state; milliseconds are worth that.
"""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


def uninterrupted(work: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
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
