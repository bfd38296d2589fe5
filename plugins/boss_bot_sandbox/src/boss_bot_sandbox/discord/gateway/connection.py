"""One gateway connection: the WebSocket of one client.

Reading and writing are separate tasks, so that dispatches do not wait for a frame of the client.
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
    """The connection must be closed with an error code.

    Attributes:
        code: The close code.
        reason: Discord's reason text.
    """

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(f"{int(code)} {reason}")
        self.code = code
        self.reason = reason


class GatewayConnection:
    """Sends and receives the frames of one WebSocket.

    Attributes:
        number: The number of the connection in the event log.
        session: The session that it serves; None before identify or resume.
        sent: The number of the last dispatch that was sent.
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
        """Return the next frame of the client; None when the client has disconnected.

        Raises:
            GatewayClosedError: The frame is not a JSON object, or the client sent nothing before the timeout.
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
        """Start to send the dispatches of a session that come after number ``seen``."""
        self.session = session
        self.sent = seen
        self._writer = asyncio.create_task(self._write(session))

    async def close(self, code: int, reason: str = "") -> None:
        """Close the WebSocket with a close code."""
        self._closed_with = code
        await self._socket.close(code=code, message=reason.encode())

    def stop(self) -> tuple[int | None, bool]:
        """Stop sending dispatches; return the close code and whether the client closed the connection."""
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
            # The reading task gets the same error and cleans up.
            return

    async def _send(self, text: str) -> None:
        async with self._writing:
            if self._socket.closed:
                raise ConnectionResetError("the client has gone")
            if self._compressor is None:
                await self._socket.send_str(text)
            else:
                await self._socket.send_bytes(self._compressor.pack(text))
