"""The time from a user's `$dl` to the card, with 10 running and 40 waiting downloads and 20 users who type.

The bot and the media site run as child processes; the local Discord runs in this process.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.local_bot import fill_queue, find_percentiles, make_people, running_bot, simulate_users
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.site import RemoteSite, site_process

TARGET_MS, EXPECTED_MS = 1000, 100


async def run(site: RemoteSite, folder: Path, rounds: int) -> None:
    """Measure, and print the median, the 95th percentile and its ratios to the target and to the expected time."""
    async with LocalDiscord() as discord, running_bot(discord, site, folder):
        users, channels = make_people(discord)
        await fill_queue(discord, users, channels)
        times_ms = await simulate_users(users, channels, rounds)
    median, p95 = find_percentiles(times_ms)
    print(f"card after {median:.0f} ms, {p95:.0f} ms at the 95th percentile of {len(times_ms)}")
    print(f"95th percentile: {p95 / TARGET_MS:.2f} of the target's second, {p95 / EXPECTED_MS:.2f} of what is expected")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few rounds")
    rounds = 2 if parser.parse_args(arguments).short else 12
    with tempfile.TemporaryDirectory() as name, site_process(Path(name, "site")) as site:
        asyncio.run(run(site, Path(name), rounds))


if __name__ == "__main__":
    main()
