"""One WebSocket of one client.

Reading and writing are two tasks: dispatches must not wait for the client to say something.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from boss_bot_sandbox.discord.gateway.protocol import CloseCode, Opcode

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.gateway.compression import Compressor
    from boss_bot_sandbox.discord.gateway.session import GatewaySession
    from boss_bot_sandbox.discord.jsontypes import JsonObject


class GatewayClosedError(Exception):
    """The client is to be sent away.

    Attributes:
        code: The close code.
        reason: Discord's words for it.
    """

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(f"{int(code)} {reason}")
        self.code = code
        self.reason = reason


class GatewayConnection:
    """Frames in and out of one WebSocket.

    Attributes:
        number: Counts connections, for the transcript.
        session: The session it serves; None before identifying or resuming.
        sent: The number of the newest dispatch this client has.
    """

    def __init__(self, number: int, socket: web.WebSocketResponse, compressor: Compressor | None) -> None:
        self.number = number
        self.session: GatewaySession | None = None
        self.sent = 0
        self._socket = socket
        self._compressor = compressor
        self._writing = asyncio.Lock()
        self._writer: asyncio.Task[None] | None = None
        self._closed_with: int | None = None

    async def send(self, opcode: Opcode, data: object = None) -> None:
        """Send a frame that is not a dispatch."""
        await self._send(json.dumps({"op": opcode, "d": data, "s": None, "t": None}))

    async def receive(self, timeout_s: float) -> JsonObject | None:
        """Return the client's next frame; None when it has gone.

        Raises:
            GatewayClosedError: It sent no JSON object, or nothing at all, not even a heartbeat.
        """
        try:
            message = await self._socket.receive(timeout_s)
        except TimeoutError:
            raise GatewayClosedError(CloseCode.SESSION_TIMED_OUT, "Session timed out.") from None
        if message.type is not WSMsgType.TEXT:
            return None
        try:
            frame = json.loads(message.data)
        except ValueError:
            frame = None
        if not isinstance(frame, dict):
            raise GatewayClosedError(CloseCode.DECODE_ERROR, "Error while decoding payload.")
        return frame

    def serve(self, session: GatewaySession, seen: int) -> None:
        """Send the session's dispatches after ``seen`` from now on."""
        self.session = session
        self.sent = seen
        self._writer = asyncio.create_task(self._write(session))

    async def close(self, code: int, reason: str = "") -> None:
        """Close with a code."""
        self._closed_with = code
        await self._socket.close(code=code, message=reason.encode())

    def stop(self) -> tuple[int | None, bool]:
        """Stop writing; return the close code, and whether it was the client who closed."""
        if self._writer is not None:
            self._writer.cancel()
        if self._closed_with is not None:
            return self._closed_with, False
        return self._socket.close_code, True

    async def _write(self, session: GatewaySession) -> None:
        try:
            while True:
                for number, frame in await session.wait_for_frames(self.sent):
                    await self._send(frame)
                    self.sent = number
        except ConnectionError:
            # The reading side notices the same and cleans up.
            return

    async def _send(self, text: str) -> None:
        async with self._writing:
            if self._socket.closed:
                raise ConnectionResetError("the client has gone")
            if self._compressor is None:
                await self._socket.send_str(text)
            else:
                await self._socket.send_bytes(self._compressor.pack(text))
