"""The gateway endpoint: accepts WebSockets and holds the open connections.

Faults and the shutdown close connections through it.
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
    """Accepts WebSockets and holds the open connections.

    Attributes:
        hub: The sessions that the connections serve.
        connections: The open connections and their requests, by number.
    """

    def __init__(self, hub: GatewayHub) -> None:
        self.hub = hub
        self.connections: dict[int, tuple[GatewayConnection, web.Request]] = {}
        self._count = 0

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one client; this is the aiohttp handler of the gateway's path."""
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
            pass  # The client has disconnected, which is recorded below.
        finally:
            # Nothing may be awaited here, because the handler is cancelled at shutdown.
            self._remove(connection)
        return socket

    def _remove(self, connection: GatewayConnection) -> None:
        code, by_client = connection.stop()
        self.connections.pop(connection.number, None)
        # A client that closes with 1000 or 1001 ends its session; after any other end it may resume.
        if connection.session is not None and by_client and code in (1000, 1001):
            self.hub.end_session(connection.session)
        self.hub.state.publish(GatewayClosed(connection.number, code))

    async def close_replaced(self, connection: GatewayConnection) -> None:
        """Close the other connections of the same session, which the client has lost when it resumes."""
        for other, _ in list(self.connections.values()):
            if other is not connection and other.session is connection.session:
                await other.close(4000)

    def reset_all(self) -> int:
        """Reset all connections without a close frame; return their number."""
        cut = list(self.connections.values())
        for _, request in cut:
            reset_connection(request)
        return len(cut)

    async def shut_down(self, _: web.Application) -> None:
        """Close all connections at the shutdown of the server."""
        await self.close_all(1001, "Going away")

    async def close_all(self, code: int, reason: str = "") -> None:
        """Close all connections with a close code."""
        for connection, _ in list(self.connections.values()):
            await connection.close(code, reason)

    async def send_all(self, opcode: Opcode, data: object = None) -> None:
        """Send a frame that is not a dispatch to all clients."""
        for connection, _ in list(self.connections.values()):
            await connection.send(opcode, data)
