"""Repeats requests to Discord: for a moment when the connection breaks, and for minutes during a delivery.

discord.py repeats a request that was answered with 502 or the like, although Discord may have carried it out, and does
not repeat one whose connection broke. When every attempt carries the same enforced nonce, both are safe: Discord
answers a repeated request with the first message.
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
from boss_bot_core.bot.texts import delivery as delivery_texts
from boss_bot_core.delivery.deliverer import DestinationUnreachableError
from boss_bot_core.domain.clock import Backoff
from boss_bot_core.errors import find_machine_error

T = TypeVar("T")

MAX_ATTEMPTS = 4
RECONNECT_BACKOFF = Backoff(initial_s=0.25)
CONNECTION_ERRORS = (aiohttp.ClientError, ConnectionError, TimeoutError)
"""The exceptions of a broken connection, which discord.py passes on unchanged."""


def new_nonce() -> int:
    """Return a nonce that no other message has; Discord accepts up to 25 digits."""
    return secrets.randbits(63)


async def retry_on_disconnect(send: Callable[[], Awaitable[T]]) -> T:
    """Return what `send` returns; call it again, up to `MAX_ATTEMPTS` times in all, when the connection breaks.

    Args:
        send: Makes one request that may be repeated: one with a nonce, or one that only sets a value.
    """
    for failures in range(1, MAX_ATTEMPTS):
        try:
            return await send()
        except CONNECTION_ERRORS:
            await asyncio.sleep(RECONNECT_BACKOFF.delay_s(failures))
    return await send()


OUTAGE_BACKOFF = Backoff(initial_s=0.5, max_s=20.0)


class RetryPolicy:
    """Repeats the requests of a delivery while Discord does not answer.

    Args:
        client: The client that sends the requests.
        seconds: How long an outage may last before the delivery fails.
    """

    def __init__(self, client: discord.Client, seconds: float) -> None:
        self._client = client
        self._seconds = seconds

    async def run(self, first: Callable[[], Awaitable[T]], again: Callable[[], Awaitable[T]]) -> T:
        """Return the result of the request.

        Args:
            first: The request.
            again: The request that replaces it after a transient failure.

        Raises:
            DestinationUnreachableError: Discord was out of reach for too long.
            DownloadFailedError: The request failed permanently.
            discord.HTTPException: The message is too large, status 413.
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
                    unreachable = DestinationUnreachableError(delivery_texts.no_answer_reason(self._seconds))
                    raise (find_machine_error(error) or unreachable) from error
                logger.bind(action="delivery_waits").info("Discord does not answer: {!r}; trying again.", error)
            await asyncio.sleep(pause_s)
            attempt = again

    async def wait_until_ready(self) -> None:
        """Wait until the client knows its guilds.

        Raises:
            DestinationUnreachableError: The client is not ready in time.
        """
        try:
            async with asyncio.timeout(self._seconds):
                await self._client.wait_until_ready()
        except TimeoutError as error:
            raise DestinationUnreachableError(delivery_texts.UNREACHABLE) from error

    def _raise_if_final(self, error: Exception) -> None:
        # The session of a closed client raises a RuntimeError; closing the client cancels this task as well.
        if is_transient(error) or self._client.is_closed():
            return
        end = None if is_too_large(error) else to_delivery_error(error)
        raise error if end is None else end from error
