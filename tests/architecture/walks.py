"""Counts the core's files that the bot enters on two ways: a link to its file, a progress event to the card."""

import asyncio
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from boss_bot_core.bot.client import BossBot
from boss_bot_core.domain.cleanup import CleanupKind
from boss_bot_core.domain.events import JobProgressed
from boss_bot_sandbox.site import RemoteSite
from tests.architecture.sources import CORE
from tests.bot.bot_runner import open_bot, open_discord, settings_for
from tests.bot.cards.factories import MB, build_progress
from tests.bot.cards.harness import start_download
from tests.bot.controls.harness import open_harness


@contextmanager
def traced_files() -> Iterator[set[str]]:
    """Collect the files of the core whose functions run in the block, in every thread; imports do not count."""
    found: set[str] = set()
    root = f"{CORE}/"

    def profile(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_name != "<module>" and code.co_filename.startswith(root):
            found.add(code.co_filename.removeprefix(root))

    # A profiler sees only threads that start after it: the thread pool starts anew.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
    threading.setprofile(profile)
    sys.setprofile(profile)
    try:
        yield found
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


async def walk_of_a_link(site: RemoteSite, folder: Path) -> set[str]:
    """Return the files that the bot's process enters from `$dl` to the delivered file and the finished card."""
    async with open_discord() as discord, open_bot(settings_for(discord, site, folder), discord.token) as bot:
        general = discord.channel("general")
        await wait_for_first_cleanups(bot)
        with traced_files() as found:
            await discord.user("ada").say(general, f"$dl {site.http_url}/files/clip.mp4?size_bytes=300000")
            await general.wait_for(lambda message: bool(message.attachments), timeout_s=60)
            await general.wait_for(lambda message: "complete" in str(message.embeds), timeout_s=60)
        return found


async def wait_for_first_cleanups(bot: BossBot) -> None:
    """Wait for the clean-ups at the start, whose files are not on the way of a link."""
    async with asyncio.timeout(60):
        while CleanupKind.MAIN not in (await bot.app.cleanup.totals.read_metrics()).cleanup_stats.last_runs:
            await asyncio.sleep(0.05)
    # The scheduler still reports what it did.
    await asyncio.sleep(0.5)


async def walk_of_a_progress_event(folder: Path) -> set[str]:
    """Return the files that the bot's process enters from a progress event on the bus to the edited card."""
    async with open_discord() as discord, open_harness(discord, folder) as scene:
        _, card = await scene.post()
        item = await start_download(scene.app)
        await scene.shows(card, "Downloading")
        scene.app.bus.publish(JobProgressed(item=item, update=build_progress(item_id=item.id)))
        await scene.shows(card, "12.4 / 23.8 MB")
        with traced_files() as found:
            update = build_progress(item_id=item.id, bytes_downloaded=20 * MB)
            scene.app.bus.publish(JobProgressed(item=item, update=update))
            await scene.shows(card, "20.0 / 23.8 MB")
        return found
