"""`Listener`: the proxy's listening socket on loopback; it accepts connections and aborts stalled ones."""

import asyncio

from boss_bot_core.egress._connection import Connection
from boss_bot_core.egress._context import ProxyContext
from boss_bot_core.egress._http_reader import HttpReader

LISTEN_ADDRESS = "127.0.0.1"


class Listener:
    """The listening socket, and the connections it has accepted.

    Attributes:
        connections: The open connections.
        port: TCP port, set by `open`.
    """

    port: int

    def __init__(self, context: ProxyContext) -> None:
        self.connections: set[Connection] = set()
        self._context = context
        self._server: asyncio.Server
        self._sweep_task: asyncio.Task[None]

    async def open(self) -> None:
        """Listen on a random free port."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._accept, LISTEN_ADDRESS, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        self._sweep_task = loop.create_task(self._sweep_periodically())

    async def close(self) -> None:
        """Stop listening and abort every connection."""
        self._server.close()
        self._sweep_task.cancel()
        tasks = [self._sweep_task, *(connection.task for connection in self.connections)]
        for connection in tuple(self.connections):
            connection.abort()
        await asyncio.wait(tasks)
        await self._server.wait_closed()
        # Aborted transports close their sockets in the next iteration of the event loop.
        await asyncio.sleep(0)

    def _accept(self) -> HttpReader:
        connection = Connection(self._context, self.connections.discard)
        connection.client.on_connected = lambda: self._admit(connection)
        return connection.client

    def _admit(self, connection: Connection) -> None:
        if len(self.connections) >= self._context.limits.connections_total:
            connection.client.transport.abort()
            return
        self.connections.add(connection)
        connection.start()

    async def _sweep_periodically(self) -> None:
        while True:
            await asyncio.sleep(self._context.limits.sweep_interval_s)
            self._abort_stalled(asyncio.get_running_loop().time())

    def _abort_stalled(self, now: float) -> None:
        # A function of its own: a loop variable in `_sweep_periodically` would keep the last connection alive.
        for connection in tuple(self.connections):
            connection.abort_if_stalled(now)
