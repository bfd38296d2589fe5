"""A gateway session: the numbered dispatches of one client.

A session outlives its connection: a client that resumes it gets the dispatches that it missed.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.gateway.protocol import Intent, Opcode

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject

_KEPT = 2000


class GatewaySession:
    """The numbered dispatches of one identified client.

    Attributes:
        id: The secret with which the client resumes.
        intents: The events that it subscribes to.
        sequence: The number of the last dispatch.
    """

    def __init__(self, session_id: str, intents: Intent) -> None:
        self.id = session_id
        self.intents = intents
        self.sequence = 0
        self._kept: deque[tuple[int, str]] = deque(maxlen=_KEPT)
        self._changed = asyncio.Event()

    def push(self, name: str, data: JsonObject) -> None:
        """Add a dispatch, which the connection of the session sends."""
        self.sequence += 1
        frame = json.dumps({"op": Opcode.DISPATCH, "t": name, "s": self.sequence, "d": data}, separators=(",", ":"))
        self._kept.append((self.sequence, frame))
        grown, self._changed = self._changed, asyncio.Event()
        grown.set()

    def has_discarded(self, seen: int) -> bool:
        """Return whether a dispatch after number ``seen`` is no longer kept."""
        return bool(self._kept) and seen < self._kept[0][0] - 1

    async def wait_for_frames(self, seen: int) -> list[tuple[int, str]]:
        """Wait for dispatches after number ``seen`` and return their numbers and frames."""
        while self.sequence <= seen:
            await self._changed.wait()
        return [(number, frame) for number, frame in self._kept if number > seen]
