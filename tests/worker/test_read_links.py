"""Tests of reading links in a worker, from a real socket."""

import socket

import pytest

from boss_bot_core.domain.link import Link
from boss_bot_core.worker.child.job_hooks import read_links
from boss_bot_core.worker.messages import encode

LINK = Link(url="https://x.example/", scheme="https", host="x.example")


def test_reading_links_ends_when_the_bot_closes_the_socket() -> None:
    ours, theirs = socket.socketpair()
    with theirs, theirs.makefile("rb") as lines:
        with ours:
            asked = read_links(lines)
            for _ in range(3):
                ours.sendall(encode(LINK, Link))
                assert next(asked) == LINK
        assert list(asked) == []


def test_reading_links_ends_when_no_link_arrives_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boss_bot_core.worker.child.job_hooks.IDLE_TIMEOUT_S", 0.05)
    ours, theirs = socket.socketpair()
    with ours, theirs, theirs.makefile("rb") as lines:
        ours.sendall(encode(LINK, Link))
        assert list(read_links(lines)) == [LINK]
