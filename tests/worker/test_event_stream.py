"""Tests of the rate at which a worker's events are read: throttled for a flood, at once for slow answers."""

import asyncio
import socket
import time

import pytest

from boss_bot_core.domain.link import Link
from boss_bot_core.worker.event_stream import EventStream
from boss_bot_core.worker.messages import Event, LogLine, encode

LINE = encode(LogLine(level="INFO", message="words"), Event)


async def test_a_flood_of_events_is_read_with_pauses() -> None:
    ours, theirs = socket.socketpair()
    stream = await EventStream.from_socket(ours)
    with theirs:
        theirs.sendall(LINE * 200)
        theirs.shutdown(socket.SHUT_WR)
        begun = time.monotonic()
        assert len([event async for event in stream.read_events()]) == 200
        assert time.monotonic() - begun >= 4 * 0.05
    await stream.close()


async def test_slow_answers_are_read_without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boss_bot_core.worker.event_stream._BURST_INTERVAL_S", 0.01)
    monkeypatch.setattr("boss_bot_core.worker.event_stream._THROTTLE_PAUSE_S", 60.0)
    ours, theirs = socket.socketpair()
    stream = await EventStream.from_socket(ours)
    link = Link(url="https://x.example/", scheme="https", host="x.example")
    with theirs:
        events = stream.read_events()
        for _ in range(120):
            stream.send(encode(link, Link))
            await asyncio.sleep(0.001)
            theirs.sendall(LINE)
            await anext(events)
    await stream.close()
