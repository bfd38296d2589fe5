"""The traffic of the egress benchmark: a server, its clients, and the measurement of one run.

The server and the clients run in processes of their own, so that the CPU time of the benchmark's process is the CPU
time of the proxy.
"""

import asyncio
import base64
import socket
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import suppress
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

import attrs

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.egress import Lease

if TYPE_CHECKING:
    import multiprocessing

LAG_STEP_S = 0.005


@attrs.frozen(kw_only=True)
class Measurement:
    """The measurement of one run.

    Attributes:
        seconds: Wall-clock time from the first connection to the last byte.
        cpu_s: CPU time of the proxy's process, in seconds.
        worst_lag_s: Longest delay of the event loop, in seconds.
    """

    seconds: float
    cpu_s: float
    worst_lag_s: float


def run_server(size: int, port: "multiprocessing.Queue[int]") -> None:
    """Send `size` zero bytes to each client after its first byte; put the server's port into `port`."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port.put(server.getsockname()[1])
        asyncio.run(_accept_clients(server, size))


async def _accept_clients(server: socket.socket, size: int) -> None:
    block = bytes(MEGABYTE)

    async def send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # The throttled client closes its connection early.
        with suppress(ConnectionError):
            await reader.read(1)
            for _ in range(size // MEGABYTE):
                writer.write(block)
                await writer.drain()
        writer.close()

    async with await asyncio.start_server(send, sock=server) as running:
        await running.serve_forever()


def fetch(port: int, proxy_url: str | None, limit_bytes: int) -> int:
    """Read at most `limit_bytes` from the server, through the proxy or directly; return the number of bytes read."""
    with socket.create_connection(("127.0.0.1", (proxy_url and urlsplit(proxy_url).port) or port)) as connection:
        if proxy_url is not None:
            parts = urlsplit(proxy_url)
            token = base64.b64encode(f"{parts.username}:{parts.password}".encode()).decode()
            head = f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic {token}\r\n\r\n"
            connection.sendall(head.encode())
            if b" 200 " not in connection.recv(4096):
                raise ConnectionError("refused by the proxy")
        connection.sendall(b"!")
        buffer = bytearray(MEGABYTE)
        count = 0
        while count < limit_bytes and (received := connection.recv_into(buffer)):
            count += received
    return count


class LagMeter:
    """Measures the delay of the event loop inside an `async with` block.

    Attributes:
        worst_s: Longest delay so far, in seconds.
    """

    def __init__(self) -> None:
        self.worst_s = 0.0

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()

    async def _watch(self) -> None:
        while True:
            due = time.perf_counter() + LAG_STEP_S
            await asyncio.sleep(LAG_STEP_S)
            self.worst_s = max(self.worst_s, time.perf_counter() - due)


async def measure_run(pool: Executor, port: int, leases: Sequence[Lease | None], size: int) -> Measurement:
    """Run one download for each lease in parallel (None: without the proxy), and measure them together."""
    loop = asyncio.get_running_loop()
    urls = [None if lease is None else lease.proxy_url for lease in leases]
    async with LagMeter() as lag:
        start, cpu = time.perf_counter(), time.process_time()
        counts = await asyncio.gather(*(loop.run_in_executor(pool, fetch, port, url, size) for url in urls))
        measurement = Measurement(
            seconds=time.perf_counter() - start, cpu_s=time.process_time() - cpu, worst_lag_s=lag.worst_s
        )
    if min(counts) < size:
        raise ConnectionError(f"incomplete: {counts}")
    return measurement
