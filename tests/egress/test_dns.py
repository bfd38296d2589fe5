"""Tests of host name look-ups by the operating system."""

import socket
from collections.abc import AsyncIterator

import pytest

from boss_bot_core.egress._host_lookup import SystemResolver


@pytest.fixture
async def lookup() -> AsyncIterator[SystemResolver]:
    made = SystemResolver()
    yield made
    made.close()


async def test_localhost_has_a_loopback_address(lookup: SystemResolver) -> None:
    assert "127.0.0.1" in await lookup("localhost")


async def test_an_answer_is_cached(lookup: SystemResolver, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await lookup("localhost")
    # A second query of the operating system would now fail.
    monkeypatch.setattr(socket, "getaddrinfo", None)
    assert await lookup("localhost") == first


@pytest.mark.parametrize("host", ["a..b", f"{'x' * 64}.com", "no-such-host.invalid"])
async def test_a_name_that_cannot_be_resolved_raises_an_os_error(lookup: SystemResolver, host: str) -> None:
    with pytest.raises(OSError, match=r"."):
        await lookup(host)


async def test_the_cache_drops_the_oldest_names(lookup: SystemResolver, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("192.0.2.1", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    for number in range(513):
        await lookup(f"host{number}")
    await lookup("host512")
    await lookup("host0")
    assert asked[-2:] == ["host512", "host0"]
