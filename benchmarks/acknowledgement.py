"""The time from a user's `$dl` to the card, with 10 running and 40 waiting downloads and 20 users who type.

The bot and the media site run as child processes; the local Discord runs in this process.
"""

import argparse
import asyncio
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from boss_bot_sandbox.discord import ChannelObserver, LocalDiscord, UserClient
from boss_bot_sandbox.discord.events import GatewayIdentified
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.harness.environment import build_bot_environment
from boss_bot_sandbox.site import RemoteSite, site_process

RUNNING, WAITING = 10, 40
USERS, CHANNELS, MESSAGES_BETWEEN = 20, 5, 3
TARGET_MS, EXPECTED_MS = 1000, 100
LINK = "https://media.example.com/throttled/100000/clip.mp4?size_bytes={}"
SIZE_BYTES = 19_000_000
LIMITS = {"CONCURRENT_DOWNLOADS": RUNNING, "DOWNLOADS_PER_USER": RUNNING, "QUEUE_SIZE": WAITING + 2 * USERS}


@asynccontextmanager
async def running_bot(discord: LocalDiscord, site: RemoteSite, folder: Path) -> AsyncIterator[None]:
    """Run the bot while the block runs."""
    limits = {f"BOSS_BOT_MAX_{name}": str(value) for name, value in LIMITS.items()}
    with (folder / "console.txt").open("w") as console:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "boss_bot_core", "run"),
            env=build_bot_environment(discord, site, folder, os.environ) | limits,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=console,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            await discord.wait_for(GatewayIdentified, timeout_s=60, start=0)
            yield
        finally:
            process.terminate()
            await asyncio.wait_for(process.wait(), 60)


async def get_reply(user: UserClient, channel: ChannelObserver, text: str) -> Message:
    """Send a user's message, and return the bot's reply to it."""
    sent = await user.say(channel, text)
    return await channel.wait_for(lambda message: message.reply_to_id == sent.id, timeout_s=60)


async def fill_queue(discord: LocalDiscord, users: Sequence[UserClient], channels: Sequence[ChannelObserver]) -> None:
    """Submit downloads until `RUNNING` of them run and `WAITING` wait."""
    owner, general = discord.user("olivia"), discord.channel("general")
    await get_reply(owner, general, "$dls daily unlimited")
    for number in range(RUNNING + WAITING):
        await get_reply(users[number % USERS], channels[number % CHANNELS], f"$dl {LINK.format(SIZE_BYTES + number)}")
    wanted = f"{RUNNING} running, {WAITING} waiting"
    for _ in range(100):
        if wanted in (await get_reply(owner, general, "$health")).content:
            return
        await asyncio.sleep(0.2)
    raise RuntimeError(f"there are never {wanted}")


async def simulate_user(user: UserClient, channel: ChannelObserver, numbers: range, rng: random.Random) -> list[float]:
    """Chat, submit a download and cancel it, once for each number; return the time of each card in milliseconds."""
    times_ms = []
    for number in numbers:
        for _ in range(MESSAGES_BETWEEN):
            await user.type_in(channel)
            await asyncio.sleep(rng.uniform(0.5, 2.5))
            await user.say(channel, f"{number} bottles of beer on the wall")
        started = time.monotonic()
        card = await get_reply(user, channel, f"$dl {LINK.format(SIZE_BYTES + number)}")
        times_ms.append((time.monotonic() - started) * 1000)
        found = re.search(r"#([0-9a-f]{6})", str(card.embeds))
        await get_reply(user, channel, f"$dlc {found[1] if found else ''}")
    return times_ms


async def run(site: RemoteSite, folder: Path, rounds: int) -> None:
    """Measure, and print the median, the 95th percentile and its ratios to the target and to the expected time."""
    async with LocalDiscord() as discord, running_bot(discord, site, folder):
        guild = discord.guild()
        users = [discord.user(discord.seed.person(f"person-{n}", guild).username) for n in range(USERS)]
        channels = [discord.channel(str(discord.seed.channel(f"channel-{n}", guild).id)) for n in range(CHANNELS)]
        await fill_queue(discord, users, channels)
        tasks = [
            simulate_user(
                user, channels[n % CHANNELS], range(1000 * (n + 1), 1000 * (n + 1) + rounds), random.Random(n)
            )
            for n, user in enumerate(users)
        ]
        times_ms = [time_ms for user_times in await asyncio.gather(*tasks) for time_ms in user_times]
    median, p95 = statistics.median(times_ms), statistics.quantiles(times_ms, n=20)[-1]
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
