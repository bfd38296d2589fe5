"""The cost of the egress proxy: throughput against direct downloads, CPU per 100 MiB, and the event loop's lag.

Direct and proxied runs alternate, because a shared machine's speed drifts. Run from the repository's root:
``python -m benchmarks.egress_throughput [--short]``.
"""

import argparse
import asyncio
import multiprocessing
import statistics
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from ipaddress import IPv4Network

from benchmarks.egress_traffic import measure_run, run_server
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.egress import AddressPolicy, EgressProxy

THROTTLED_BPS = 10_000_000


async def measure_and_print(proxy: EgressProxy, pool: ProcessPoolExecutor, port: int, size: int, rounds: int) -> None:
    """Measure one download, ten parallel downloads and a throttled one, and print the figures."""
    mib, parallel = size // MEGABYTE, 10
    with closing(proxy.open_lease("benchmark")) as lease:
        await measure_run(pool, port, [None, lease], size)
        pairs = [
            (await measure_run(pool, port, [None], size), await measure_run(pool, port, [lease], size))
            for _ in range(rounds)
        ]
        direct_s = statistics.median(direct.seconds for direct, _ in pairs)
        proxied_s = statistics.median(proxied.seconds for _, proxied in pairs)
        cpu_s = statistics.median(proxied.cpu_s - direct.cpu_s for direct, proxied in pairs)
        print(f"one download:  {mib / direct_s:6.0f} MiB/s direct, {mib / proxied_s:6.0f} MiB/s through the proxy")
        print(f"               {proxied_s / direct_s:.2f} times as long, {cpu_s * 100 / mib:.3f} CPU s per 100 MiB")
        # The clients saturate the machine, so the loop is late even when no traffic passes through it.
        idle = [await measure_run(pool, port, [None] * parallel, size) for _ in range(rounds)]
        many = [await measure_run(pool, port, [lease] * parallel, size) for _ in range(rounds)]
        rate = statistics.median(mib * parallel / run.seconds for run in many)
        cpu_s = statistics.median(run.cpu_s for run in many)
        print(
            f"{parallel} downloads:  {rate:6.0f} MiB/s in all, {cpu_s * 100 / mib / parallel:.3f} CPU s per 100 MiB, "
            f"loop late by at most {1000 * max(run.worst_lag_s for run in many):.1f} ms "
            f"({1000 * max(run.worst_lag_s for run in idle):.1f} ms when they bypass it)"
        )
        lease.set_rate(THROTTLED_BPS)
        throttled = await measure_run(pool, port, [lease], 32 * MEGABYTE)
        print(
            f"throttled:     {32 * MEGABYTE / throttled.seconds / 1e6:.2f} MB/s "
            f"of {THROTTLED_BPS / 1e6:.2f} asked for, "
            f"{100 * throttled.cpu_s / throttled.seconds:.1f} % of a core"
        )


async def run(size: int, rounds: int) -> None:
    """Start the server, the clients and the proxy, and measure."""
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[int] = context.Queue()
    server = context.Process(target=run_server, args=(size, queue), daemon=True)
    server.start()
    policy = AddressPolicy((IPv4Network("127.0.0.0/8"),))
    try:
        with ProcessPoolExecutor(10, mp_context=context) as pool:
            async with EgressProxy(policy) as proxy:
                await measure_and_print(proxy, pool, queue.get(timeout=30), size, rounds)
    finally:
        server.kill()
        server.join()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="64 MiB twice instead of 512 MiB five times")
    short = parser.parse_args(arguments).short
    asyncio.run(run(64 * MEGABYTE if short else 512 * MEGABYTE, 2 if short else 5))


if __name__ == "__main__":
    main()
