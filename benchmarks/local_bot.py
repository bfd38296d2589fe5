"""The bot under load: it runs as a child process, logged in to a local Discord, whose users chat and download."""

import asyncio
import os
import random
import re
import statistics
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from boss_bot_sandbox.discord import ChannelObserver, LocalDiscord, UserClient
from boss_bot_sandbox.discord.events import GatewayIdentified
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.harness.environment import build_bot_environment
from boss_bot_sandbox.site import RemoteSite

RUNNING, WAITING = 10, 40
USERS, CHANNELS, MESSAGES_BETWEEN = 20, 5, 3
LINK = "https://media.example.com/throttled/100000/clip.mp4?size_bytes={}"
SIZE_BYTES = 19_000_000
LIMITS = {"CONCURRENT_DOWNLOADS": RUNNING, "DOWNLOADS_PER_USER": RUNNING, "QUEUE_SIZE": WAITING + 2 * USERS}


@asynccontextmanager
async def running_bot(
    discord: LocalDiscord, site: RemoteSite, folder: Path, **settings: object
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the bot while the block runs, with further settings by the rest of their variables' names."""
    chosen = {f"MAX_{name}": value for name, value in LIMITS.items()} | settings
    environ = {f"BOSS_BOT_{name}": str(value) for name, value in chosen.items()}
    with (folder / "console.txt").open("w") as console:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "boss_bot_core", "run"),
            env=build_bot_environment(discord, site, folder, os.environ) | environ,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=console,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            await discord.wait_for(GatewayIdentified, timeout_s=60, start=0)
            yield process
        finally:
            process.terminate()
            await asyncio.wait_for(process.wait(), 60)


async def get_reply(user: UserClient, channel: ChannelObserver, text: str) -> Message:
    """Send a user's message, and return the bot's reply to it."""
    sent = await user.say(channel, text)
    return await channel.wait_for(lambda message: message.reply_to_id == sent.id, timeout_s=60)


def make_people(discord: LocalDiscord) -> tuple[list[UserClient], list[ChannelObserver]]:
    """Add users and channels to the guild."""
    guild = discord.guild()
    users = [discord.user(discord.seed.person(f"person-{n}", guild).username) for n in range(USERS)]
    channels = [discord.channel(str(discord.seed.channel(f"channel-{n}", guild).id)) for n in range(CHANNELS)]
    return users, channels


async def fill_queue(
    discord: LocalDiscord,
    users: Sequence[UserClient],
    channels: Sequence[ChannelObserver],
    running: int = RUNNING,
    waiting: int = WAITING,
) -> None:
    """Submit downloads until so many of them run, and so many wait."""
    owner, general = discord.user("olivia"), discord.channel("general")
    await get_reply(owner, general, "$dls daily unlimited")
    for number in range(running + waiting):
        await get_reply(users[number % USERS], channels[number % CHANNELS], f"$dl {LINK.format(SIZE_BYTES + number)}")
    wanted = f"{running} running, {waiting} waiting"
    health = ""
    for _ in range(100):
        if wanted in (health := (await get_reply(owner, general, "$health")).content):
            return
        await asyncio.sleep(0.2)
    raise RuntimeError(f"there are never {wanted}, but this:\n{health}")


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
        await get_reply(user, channel, f"$dlc {find_id(card)}")
    return times_ms


def find_id(card: Message) -> str:
    """Return the id of a card's download."""
    found = re.search(r"#([0-9a-f]{6})", str(card.embeds))
    return found[1] if found else ""


async def simulate_users(
    users: Sequence[UserClient], channels: Sequence[ChannelObserver], rounds: int, first: int = 1000
) -> list[float]:
    """Let all users chat and download at the same time; return the times of their cards, `first` numbers the links."""
    tasks = [
        simulate_user(user, channels[n % CHANNELS], range(start, start + rounds), random.Random(start))
        for n, user in enumerate(users)
        for start in (first + 1000 * n,)
    ]
    return [time_ms for user_times in await asyncio.gather(*tasks) for time_ms in user_times]


def find_percentiles(times_ms: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    return statistics.median(times_ms), statistics.quantiles(times_ms, n=20)[-1]
