"""What the egress proxy costs: throughput against direct downloads, CPU per 100 MiB, and the loop's lag meanwhile.

Server and clients are processes of their own, so the CPU measured here is the proxy's alone. Direct and proxied runs
alternate, because a shared machine's speed drifts. Run: ``python benchmarks/egress_throughput.py [--short]``.
"""

import argparse
import asyncio
import base64
import multiprocessing
import socket
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, suppress
from ipaddress import IPv4Network
from typing import Self
from urllib.parse import urlsplit

import attrs

from boss_bot_core.worker.egress import AddressPolicy, EgressProxy, Lease

MIB = 1024 * 1024
LAG_STEP_S = 0.005
THROTTLED_BPS = 10_000_000


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


async def measure(pool: ProcessPoolExecutor, port: int, leases: Sequence[Lease | None], size: int) -> Run:
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


async def report(proxy: EgressProxy, pool: ProcessPoolExecutor, port: int, size: int, rounds: int) -> None:
    """Run everything and print the figures."""
    mib, parallel = size // MIB, 10
    with closing(proxy.lease("benchmark")) as lease:
        await measure(pool, port, [None, lease], size)
        pairs = [
            (await measure(pool, port, [None], size), await measure(pool, port, [lease], size)) for _ in range(rounds)
        ]
        direct_s = statistics.median(direct.seconds for direct, _ in pairs)
        proxied_s = statistics.median(proxied.seconds for _, proxied in pairs)
        cpu_s = statistics.median(proxied.cpu_s - direct.cpu_s for direct, proxied in pairs)
        print(f"one download:  {mib / direct_s:6.0f} MiB/s direct, {mib / proxied_s:6.0f} MiB/s through the proxy")
        print(f"               {proxied_s / direct_s:.2f} times as long, {cpu_s * 100 / mib:.3f} CPU s per 100 MiB")
        # The clients saturate the machine: the loop is late even when nothing passes through it.
        idle = [await measure(pool, port, [None] * parallel, size) for _ in range(rounds)]
        many = [await measure(pool, port, [lease] * parallel, size) for _ in range(rounds)]
        rate = statistics.median(mib * parallel / run.seconds for run in many)
        cpu_s = statistics.median(run.cpu_s for run in many)
        print(
            f"{parallel} downloads:  {rate:6.0f} MiB/s in all, {cpu_s * 100 / mib / parallel:.3f} CPU s per 100 MiB, "
            f"loop late by at most {1000 * max(run.worst_lag_s for run in many):.1f} ms "
            f"({1000 * max(run.worst_lag_s for run in idle):.1f} ms when they bypass it)"
        )
        lease.set_rate(THROTTLED_BPS)
        slow = await measure(pool, port, [lease], 32 * MIB)
        print(
            f"throttled:     {32 * MIB / slow.seconds / 1e6:.2f} MB/s of {THROTTLED_BPS / 1e6:.2f} asked for, "
            f"{100 * slow.cpu_s / slow.seconds:.1f} % of a core"
        )


async def run(size: int, rounds: int) -> None:
    """Start the server, the clients and the proxy."""
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[int] = context.Queue()
    server = context.Process(target=serve, args=(size, queue), daemon=True)
    server.start()
    policy = AddressPolicy((IPv4Network("127.0.0.0/8"),))
    try:
        with ProcessPoolExecutor(10, mp_context=context) as pool:
            async with EgressProxy(policy) as proxy:
                await report(proxy, pool, queue.get(timeout=30), size, rounds)
    finally:
        server.kill()
        server.join()


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="64 MiB twice instead of 512 MiB five times")
    short = parser.parse_args(argv).short
    asyncio.run(run(64 * MIB if short else 512 * MIB, 2 if short else 5))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
