"""The links that a matcher is asked about, until it has had enough of them."""

import select
from collections.abc import Iterator
from typing import BinaryIO

from boss_bot_core.domain.link import Link
from boss_bot_core.worker.messages import decode

LINKS = 1_000
"""Links that one worker matches: what a plugin remembers of them must be forgotten some time."""

IDLE_S = 2.0
"""How long it waits for the next: it costs 20 MB, and a bot that nobody hurries can fork again (measured)."""


def links(lines: BinaryIO) -> Iterator[Link]:
    """Yield links as they come: at most `LINKS`, until none came for `IDLE_S` or the bot closed its end.

    Args:
        lines: Of a socket. The first may wait in its buffer, the others not: they are sent after an answer.
    """
    for number in range(LINKS):
        is_there = number == 0 or select.select([lines], [], [], IDLE_S)[0]
        if not is_there or not (line := lines.readline()):
            return
        yield decode(line, Link)
