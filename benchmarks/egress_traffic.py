"""The traffic of the egress benchmark: a server and clients in processes of their own, and a stopwatch for them.

Apart from the benchmark, whose process then has nothing to do but relay: its CPU time is the proxy's.
"""

import asyncio
import base64
import multiprocessing
import socket
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import suppress
from typing import Self
from urllib.parse import urlsplit

import attrs

from boss_bot_core.egress import Lease

MIB = 1024 * 1024
LAG_STEP_S = 0.005


@attrs.frozen(kw_only=True)
class Run:
    """One measured run.

    Attributes:
        seconds: Wall clock, from the first connection to the last byte.
        cpu_s: CPU of the proxy's process.
        worst_lag_s: The longest that the event loop was late.
    """

    seconds: float
    cpu_s: float
    worst_lag_s: float


def serve(size: int, port: "multiprocessing.Queue[int]") -> None:
    """Send a number of zero bytes to everyone who says something."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port.put(server.getsockname()[1])
        asyncio.run(_serve(server, size))


async def _serve(server: socket.socket, size: int) -> None:
    block = bytes(MIB)

    async def send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # The throttled client leaves early.
        with suppress(ConnectionError):
            await reader.read(1)
            for _ in range(size // MIB):
                writer.write(block)
                await writer.drain()
        writer.close()

    async with await asyncio.start_server(send, sock=server) as listening:
        await listening.serve_forever()


def fetch(port: int, proxy_url: str | None, most: int) -> int:
    """Read what the server sends, up to a number of bytes, through the proxy or directly; return the number read."""
    with socket.create_connection(("127.0.0.1", (proxy_url and urlsplit(proxy_url).port) or port)) as connection:
        if proxy_url is not None:
            parts = urlsplit(proxy_url)
            token = base64.b64encode(f"{parts.username}:{parts.password}".encode()).decode()
            head = f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic {token}\r\n\r\n"
            connection.sendall(head.encode())
            if b" 200 " not in connection.recv(4096):
                raise ConnectionError("refused by the proxy")
        connection.sendall(b"!")
        buffer = bytearray(MIB)
        count = 0
        while count < most and (got := connection.recv_into(buffer)):
            count += got
    return count


class LagMeter:
    """Watches how late the event loop is while it is open.

    Attributes:
        worst_s: The longest delay seen.
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


async def measure(pool: Executor, port: int, leases: Sequence[Lease | None], size: int) -> Run:
    """Download once per lease (None: directly), all at once."""
    loop = asyncio.get_running_loop()
    urls = [None if lease is None else lease.proxy_url for lease in leases]
    async with LagMeter() as lag:
        start, cpu = time.perf_counter(), time.process_time()
        counts = await asyncio.gather(*(loop.run_in_executor(pool, fetch, port, url, size) for url in urls))
        run = Run(seconds=time.perf_counter() - start, cpu_s=time.process_time() - cpu, worst_lag_s=lag.worst_s)
    if min(counts) < size:
        raise ConnectionError(f"incomplete: {counts}")
    return run
