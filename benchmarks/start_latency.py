"""The time from the start of a download to its first request: a worker of the warm zygote against the engines' CLIs.

Both use the same proxy, whose lease records the time of the first request on the same clock. Runs alternate.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from ipaddress import IPv4Network
from pathlib import Path

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.egress import AddressPolicy, EgressProxy, Lease
from boss_bot_core.worker import DownloadJob, Zygote
from boss_bot_sandbox.site import RemoteSite, site_process

Start = Callable[[Lease, str, Path], Awaitable[None]]
"""Runs one download of an address through a lease into a folder."""


def build_worker_start(zygote: Zygote, plugin: str) -> Start:
    """Return a function that runs a download in a worker, as the bot does."""

    async def start(lease: Lease, url: str, folder: Path) -> None:
        job = DownloadJob(
            plugin=plugin,
            url=url,
            media_key="benchmark:1",
            directory=folder,
            max_file_size_bytes=50 * MEGABYTE,
            target_file_size_bytes=50 * MEGABYTE,
            proxy_url=lease.proxy_url,
        )
        async with await zygote.spawn(job) as worker:
            async for _ in worker.read_events():
                pass

    return start


def build_command_start(*command: str) -> Start:
    """Return a function that runs a download with an engine's command line."""

    async def start(lease: Lease, url: str, folder: Path) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *command, lease.proxy_url, url, cwd=folder, stdout=asyncio.subprocess.DEVNULL
        )
        await process.wait()

    return start


async def measure_first_request_ms(proxy: EgressProxy, start: Start, url: str) -> float:
    """Run one download and return the milliseconds from its start to its first request."""
    with tempfile.TemporaryDirectory() as folder, closing(proxy.open_lease("benchmark")) as lease:
        started = time.monotonic()
        await start(lease, url, Path(folder))
        if lease.first_request_at is None:
            raise RuntimeError(f"no request came for {url}")
        return (lease.first_request_at - started) * 1000


async def run(site: RemoteSite, rounds: int) -> None:
    """Measure both engines in both ways, and print the medians and the ratios."""
    policy = AddressPolicy((IPv4Network("127.0.0.0/8"),))
    url = f"{site.http_url}/files/clip.mp4"
    async with EgressProxy(policy) as proxy, Zygote() as zygote:
        engines = {
            "gallery-dl": (
                build_worker_start(zygote, "gallerydl"),
                build_command_start("gallery_dl", "--no-input", "--proxy"),
            ),
            "yt-dlp": (build_worker_start(zygote, "ytdlp"), build_command_start("yt_dlp", "--no-progress", "--proxy")),
        }
        for name, (warm, cold) in engines.items():
            pairs = [
                (await measure_first_request_ms(proxy, warm, url), await measure_first_request_ms(proxy, cold, url))
                for _ in range(rounds)
            ]
            warm_ms, cold_ms = (statistics.median(side) for side in zip(*pairs, strict=True))
            print(f"{name:<10} {warm_ms:5.0f} ms warm, {cold_ms:5.0f} ms by its command: {cold_ms / warm_ms:.1f} times")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few rounds")
    rounds = 5 if parser.parse_args(arguments).short else 25
    with tempfile.TemporaryDirectory() as folder, site_process(Path(folder)) as site:
        asyncio.run(run(site, rounds))


if __name__ == "__main__":
    main()
