"""From a person's `$dl` to the card's arrival: with 10 downloads running, 40 waiting and 20 people typing.

The real bot runs as a child process, the media site as another; Discord is local and in this process.
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
PEOPLE, CHANNELS, MESSAGES_BETWEEN = 20, 5, 3
TARGET_MS, EXPECTED_MS = 1000, 100
LINK = "https://media.example.com/throttled/100000/clip.mp4?size_bytes={}"
SIZE_BYTES = 19_000_000
LIMITS = {"CONCURRENT_DOWNLOADS": RUNNING, "DOWNLOADS_PER_USER": RUNNING, "QUEUE_SIZE": WAITING + 2 * PEOPLE}


@asynccontextmanager
async def running_bot(discord: LocalDiscord, site: RemoteSite, folder: Path) -> AsyncIterator[None]:
    """Run the bot for the duration of a block."""
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
            await process.wait()


async def answer(user: UserClient, channel: ChannelObserver, text: str) -> Message:
    """Let somebody say something and return the bot's reply."""
    said = await user.say(channel, text)
    return await channel.wait_for(lambda one: one.reply_to_id == said.id, timeout_s=60)


async def fill(discord: LocalDiscord, people: Sequence[UserClient], channels: Sequence[ChannelObserver]) -> None:
    """Let downloads run and wait, until there are as many as there should be."""
    owner, general = discord.user("olivia"), discord.channel("general")
    await answer(owner, general, "$dls daily unlimited")
    for number in range(RUNNING + WAITING):
        await answer(people[number % PEOPLE], channels[number % CHANNELS], f"$dl {LINK.format(SIZE_BYTES + number)}")
    wanted = f"{RUNNING} running, {WAITING} waiting"
    for _ in range(100):
        if wanted in (await answer(owner, general, "$health")).content:
            return
        await asyncio.sleep(0.2)
    raise RuntimeError(f"there are never {wanted}")


async def person(user: UserClient, channel: ChannelObserver, numbers: range, rng: random.Random) -> list[float]:
    """Chat, ask for a download and cancel it, again and again; return how long each card took, in milliseconds."""
    took_ms = []
    for number in numbers:
        for _ in range(MESSAGES_BETWEEN):
            await user.type_in(channel)
            await asyncio.sleep(rng.uniform(0.5, 2.5))
            await user.say(channel, f"{number} bottles of beer on the wall")
        begun = time.monotonic()
        card = await answer(user, channel, f"$dl {LINK.format(SIZE_BYTES + number)}")
        took_ms.append((time.monotonic() - begun) * 1000)
        found = re.search(r"#([0-9a-f]{6})", str(card.embeds))
        await answer(user, channel, f"$dlc {found[1] if found else ''}")
    return took_ms


async def run(site: RemoteSite, folder: Path, rounds: int) -> None:
    """Measure and print median, 95th percentile and their ratios to the target."""
    async with LocalDiscord() as discord, running_bot(discord, site, folder):
        guild = discord.guild()
        people = [discord.user(discord.seed.person(f"person-{n}", guild).username) for n in range(PEOPLE)]
        channels = [discord.channel(str(discord.seed.channel(f"channel-{n}", guild).id)) for n in range(CHANNELS)]
        await fill(discord, people, channels)
        tasks = [
            person(each, channels[n % CHANNELS], range(1000 * (n + 1), 1000 * (n + 1) + rounds), random.Random(n))
            for n, each in enumerate(people)
        ]
        took_ms = [each for one in await asyncio.gather(*tasks) for each in one]
    median, last = statistics.median(took_ms), statistics.quantiles(took_ms, n=20)[-1]
    print(f"card after {median:.0f} ms, {last:.0f} ms at the 95th percentile of {len(took_ms)}")
    print(
        f"95th percentile: {last / TARGET_MS:.2f} of the target's second, {last / EXPECTED_MS:.2f} of what is expected"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few rounds")
    rounds = 2 if parser.parse_args(arguments).short else 12
    with tempfile.TemporaryDirectory() as name, site_process(Path(name, "site")) as site:
        asyncio.run(run(site, Path(name), rounds))


if __name__ == "__main__":
    main()
