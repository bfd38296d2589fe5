"""Keeps a cancellation from breaking a message off: it takes effect between two messages.

A request that is cut may have arrived; letting it end is quicker than looking for it later.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def unbroken(work: Coroutine[Any, Any, T], grace_s: float) -> T:
    """Return what `work` returns; when cancelled meanwhile, let it go on for at most `grace_s`, then end it."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=grace_s)
        raise
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait([task])
        if not task.cancelled():
            # Looked at, or asyncio would report an error that nobody saw.
            task.exception()
