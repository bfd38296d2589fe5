"""The gateway's address: from the opening handshake to the last frame.

It exists apart from the conversation because connections also end from outside: by faults and at shutdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.connection_reset import reset_connection
from boss_bot_sandbox.discord.events import GatewayClosed, GatewayOpened, GatewayRefused
from boss_bot_sandbox.discord.gateway.compression import COMPRESSORS
from boss_bot_sandbox.discord.gateway.connection import GatewayClosedError, GatewayConnection
from boss_bot_sandbox.discord.gateway.frame_handler import FrameHandler

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.gateway.hub import GatewayHub
    from boss_bot_sandbox.discord.gateway.protocol import Opcode


class GatewayEndpoint:
    """Accepts WebSockets and keeps them until they end.

    Attributes:
        hub: The sessions they serve.
        connections: The open ones, by number.
    """

    def __init__(self, hub: GatewayHub) -> None:
        self.hub = hub
        self.connections: dict[int, tuple[GatewayConnection, web.Request]] = {}
        self._count = 0

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one client; the aiohttp handler of the gateway's path."""
        compression = request.query.get("compress")
        if request.query.get("encoding", "json") != "json" or (compression and compression not in COMPRESSORS):
            raise web.HTTPBadRequest(text="only JSON, zlib-stream and zstd-stream are supported")
        socket = web.WebSocketResponse(autoping=True, compress=False, max_msg_size=64 * 1024)
        await socket.prepare(request)
        self._count += 1
        connection = GatewayConnection(self._count, socket, COMPRESSORS[compression]() if compression else None)
        self.connections[connection.number] = (connection, request)
        self.hub.state.publish(GatewayOpened(connection.number, compression))
        try:
            await FrameHandler(self.hub, connection, self.close_replaced).run()
        except GatewayClosedError as error:
            self.hub.state.publish(GatewayRefused(int(error.code), error.reason))
            await connection.close(error.code, error.reason)
        except ConnectionError:
            pass  # the client is gone, which the lines below record
        finally:
            # No waiting here: at shutdown the handler is under cancellation.
            self._remove(connection)
        return socket

    def _remove(self, connection: GatewayConnection) -> None:
        code, by_client = connection.stop()
        self.connections.pop(connection.number, None)
        # A client that closes with 1000 or 1001 gives its session up; any other end may be resumed.
        if connection.session is not None and by_client and code in (1000, 1001):
            self.hub.end_session(connection.session)
        self.hub.state.publish(GatewayClosed(connection.number, code))

    async def close_replaced(self, connection: GatewayConnection) -> None:
        """Close other connections of the same session: a client that resumes has lost them."""
        for other, _ in list(self.connections.values()):
            if other is not connection and other.session is connection.session:
                await other.close(4000)

    def reset_all(self) -> int:
        """Reset every connection without a close frame; return how many there were."""
        cut = list(self.connections.values())
        for _, request in cut:
            reset_connection(request)
        return len(cut)

    async def shut_down(self, _: web.Application) -> None:
        """Say goodbye to everybody; the server ends."""
        await self.close_all(1001, "Going away")

    async def close_all(self, code: int, reason: str = "") -> None:
        """Close every connection with a code."""
        for connection, _ in list(self.connections.values()):
            await connection.close(code, reason)

    async def send_all(self, opcode: Opcode, data: object = None) -> None:
        """Send a frame that is not a dispatch to everybody."""
        for connection, _ in list(self.connections.values()):
            await connection.send(opcode, data)
