"""One message, posted once: every try of it carries the same enforced nonce.

discord.py repeats a request that was answered with 502 or the like, though it may have been carried out, and does not
repeat one whose connection broke. With a nonce both are safe: Discord answers a repeated one with the first message.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp

T = TypeVar("T")

TRIES = 4
FIRST_PAUSE_S = 0.25
LOST = (aiohttp.ClientError, ConnectionError, TimeoutError)
"""What it looks like when the connection breaks; discord.py hands it on as it is."""


def new_nonce() -> int:
    """Return a nonce that no other message has; Discord takes up to 25 digits."""
    return secrets.randbits(63)


async def persistently(send: Callable[[], Awaitable[T]]) -> T:
    """Return what `send` returns; when the connection breaks, it is called again, a few times.

    Args:
        send: Makes one request that may be repeated: with a nonce, or one that only sets something.
    """
    pause_s = FIRST_PAUSE_S
    for _ in range(TRIES - 1):
        try:
            return await send()
        except LOST:
            await asyncio.sleep(pause_s)
            pause_s *= 2
    return await send()
