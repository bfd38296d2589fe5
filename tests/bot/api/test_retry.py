"""Requests that are repeated when the connection breaks, and those that are not."""

import discord
import pytest

from boss_bot_core.bot.api import retry
from boss_bot_core.bot.api.retry import MAX_ATTEMPTS, new_nonce, retry_on_disconnect
from boss_bot_core.domain.clock import Backoff


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "RECONNECT_BACKOFF", Backoff(initial_s=0.0))


class Connection:
    """A connection that breaks a given number of times."""

    def __init__(self, failure_count: int, error: Exception) -> None:
        self.failure_count = failure_count
        self.error = error
        self.calls = 0

    async def send(self) -> str:
        self.calls += 1
        if self.calls <= self.failure_count:
            raise self.error
        return "sent"


async def test_a_request_is_repeated_after_a_broken_connection() -> None:
    connection = Connection(MAX_ATTEMPTS - 1, ConnectionResetError())
    assert await retry_on_disconnect(connection.send) == "sent"
    assert connection.calls == MAX_ATTEMPTS


async def test_the_last_attempt_raises() -> None:
    connection = Connection(MAX_ATTEMPTS, TimeoutError())
    with pytest.raises(TimeoutError):
        await retry_on_disconnect(connection.send)


async def test_a_refusal_is_not_repeated() -> None:
    connection = Connection(1, discord.ClientException())
    with pytest.raises(discord.ClientException):
        await retry_on_disconnect(connection.send)
    assert connection.calls == 1


def test_nonces_are_short_enough_and_differ() -> None:
    nonces = {new_nonce() for _ in range(100)}
    assert len(nonces) == 100
    assert all(len(str(nonce)) <= 25 for nonce in nonces)
