"""The egress proxy in a thread of its own, for a download hook that has the main thread and may stop in a debugger."""

import asyncio
import math
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from boss_bot_core.egress import AddressPolicy, EgressProxy, Lease
from boss_bot_core.egress.model import EgressLimits
from boss_bot_core.settings import Settings

_NO_TIMEOUTS = EgressLimits(idle_timeout_s=math.inf, half_closed_timeout_s=math.inf)
"""A debugger may stop the hook for hours while its connections are open."""


@contextmanager
def run_proxy_thread(settings: Settings) -> Iterator[Lease]:
    """Run a proxy with the operator's rules until the block is left, and yield a lease of it."""
    started: Future[tuple[Lease, Callable[[], object]]] = Future()

    def end_wait(served: Future[None]) -> None:
        if not started.done():
            started.set_exception(served.exception())

    with ThreadPoolExecutor(1, thread_name_prefix="egress-proxy") as executor:
        executor.submit(asyncio.run, _serve(settings, started)).add_done_callback(end_wait)
        lease, stop = started.result()
        try:
            yield lease
        finally:
            stop()


async def _serve(settings: Settings, started: "Future[tuple[Lease, Callable[[], object]]]") -> None:
    """Run the proxy until the function is called that `started` gets beside the lease."""
    stopped = asyncio.Event()
    stop = partial(asyncio.get_running_loop().call_soon_threadsafe, stopped.set)
    policy, download = AddressPolicy(settings.network.allowed_private_networks), settings.download
    async with EgressProxy(policy, settings.network.host_overrides, _NO_TIMEOUTS) as proxy:
        rate_bps = settings.network.download_bytes_per_s
        started.set_result((proxy.open_lease("debug", byte_cap=download.max_download_bytes, rate_bps=rate_bps), stop))
        await stopped.wait()
