"""One message, posted once: every try of it carries the same enforced nonce.

discord.py repeats a request that was answered with 502 or the like, though it may have been carried out, and does not
repeat one whose connection broke. With a nonce both are safe: Discord answers a repeated one with the first message.

Tries a request until it works, ends for good, or Discord has been out of reach for too long.
"""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord
from loguru import logger

from boss_bot_core.bot.api.errors import is_too_large, is_transient, to_delivery_error
from boss_bot_core.delivery.deliverer import DestinationUnreachableError
from boss_bot_core.domain.backoff import Backoff

T = TypeVar("T")

MAX_ATTEMPTS = 4
RECONNECT_BACKOFF = Backoff(initial_s=0.25)
CONNECTION_ERRORS = (aiohttp.ClientError, ConnectionError, TimeoutError)
"""What it looks like when the connection breaks; discord.py hands it on as it is."""


def new_nonce() -> int:
    """Return a nonce that no other message has; Discord takes up to 25 digits."""
    return secrets.randbits(63)


async def retry_on_disconnect(send: Callable[[], Awaitable[T]]) -> T:
    """Return what `send` returns; when the connection breaks, it is called again, a few times.

    Args:
        send: Makes one request that may be repeated: with a nonce, or one that only sets something.
    """
    for failures in range(1, MAX_ATTEMPTS):
        try:
            return await send()
        except CONNECTION_ERRORS:
            await asyncio.sleep(RECONNECT_BACKOFF.delay_s(failures))
    return await send()


OUTAGE_BACKOFF = Backoff(initial_s=0.5, max_s=20.0)


class RetryPolicy:
    """How long a delivery waits for a Discord that does not answer."""

    def __init__(self, client: discord.Client, seconds: float) -> None:
        self._client = client
        self._seconds = seconds

    async def run(self, first: Callable[[], Awaitable[T]], again: Callable[[], Awaitable[T]]) -> T:
        """Return what the request returns.

        Args:
            first: The request.
            again: What is called in its place after a failure that passes.

        Raises:
            DestinationUnreachableError: Discord was out of reach for too long.
            DownloadFailedError: It ended for good.
            discord.HTTPException: It is too large, status 413.
        """
        attempt, failures, ends_at = first, 0, 0.0
        while True:
            try:
                return await attempt()
            except Exception as error:
                self._raise_if_final(error)
                ends_at = ends_at or time.monotonic() + self._seconds
                failures += 1
                pause_s = OUTAGE_BACKOFF.delay_s(failures)
                if time.monotonic() + pause_s > ends_at:
                    minutes = max(1, round(self._seconds / 60))
                    raise DestinationUnreachableError(f"Discord did not answer me for {minutes} min.") from error
                logger.bind(action="delivery_waits").info("Discord does not answer: {!r}; trying again.", error)
            await asyncio.sleep(pause_s)
            attempt = again

    async def wait_until_ready(self) -> None:
        """Wait until the client knows its servers.

        Raises:
            DestinationUnreachableError: It does not come to that.
        """
        try:
            async with asyncio.timeout(self._seconds):
                await self._client.wait_until_ready()
        except TimeoutError as error:
            raise DestinationUnreachableError("Discord could not be reached.") from error

    def _raise_if_final(self, error: Exception) -> None:
        # A closed client's session answers with a RuntimeError; whoever closes it ends this task as well.
        if is_transient(error) or self._client.is_closed():
            return
        end = None if is_too_large(error) else to_delivery_error(error)
        raise error if end is None else end from error
