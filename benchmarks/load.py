"""The bot under its full load, ten downloads and a transcode: its memory, and the time from `$dl` to the card.

In one run, with the real bot and the local Discord: first eleven downloads run, then ten and ffmpeg. The memory is the
PSS of the bot, its zygote, the workers and ffmpeg together, at its peak; the time is that of users who type and
download meanwhile. ``python -m benchmarks.load [--short]``; a run that is not short writes `results/load.md`.
"""

import argparse
import asyncio
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.local_bot import (
    LINK,
    RUNNING,
    SIZE_BYTES,
    USERS,
    fill_queue,
    find_id,
    find_percentiles,
    get_reply,
    make_people,
    running_bot,
    simulate_users,
)
from benchmarks.process_tree import is_running, watch_memory
from boss_bot_core.plugin import find_ffmpeg
from boss_bot_media.testing import AAC, ClipMaker
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.site import RemoteSite, site_process

RESULTS: Final = Path(__file__).parent / "results" / "load.md"
MEMORY_GOAL_MB: Final = 500
CARD_GOAL_MS: Final = 150
CLIP: Final = "clip-1920x1080.mp4"
"""A name of the media site, whose file this one takes the place of."""
PICTURE: Final = "testsrc2=s=1920x1080:r=30"
SETTINGS: Final = {
    "MAX_CONCURRENT_DOWNLOADS": RUNNING + 1,
    "MAX_QUEUE_SIZE": 3 * USERS,
    **dict.fromkeys(("TEMP_STORAGE_BYTES", "GUILD_DAILY_BYTES"), "9GB"),
    "PLUGIN_MEDIA_ASK_AFTER_CPU_S": 0,
}


def make_clip(folder: Path) -> None:
    """Make a video of one minute in 1080p, of a codec that few players have: its transcode outlasts the run."""
    ffmpeg = find_ffmpeg()
    if ffmpeg is None:
        raise SystemExit("there is no ffmpeg")
    folder.mkdir(parents=True)
    clips = ClipMaker(ffmpeg, folder)
    part = clips.make("part.mp4", "-c:v", "mpeg4", "-b:v", "4M", *AAC, picture=PICTURE, length_s=3)
    clips.run("-stream_loop", "19", "-i", str(part), "-c", "copy", str(folder / CLIP))


async def run(site: RemoteSite, folder: Path, rounds: int) -> list[str]:
    """Measure, and return the rows of the result's table."""
    rows: list[str] = []
    async with LocalDiscord() as discord, running_bot(discord, site, folder, **SETTINGS) as bot:
        users, channels = make_people(discord)
        await fill_queue(discord, users, channels, waiting=0)
        owner, general = discord.user("olivia"), discord.channel("general")
        last = await get_reply(owner, general, f"$dl {LINK.format(SIZE_BYTES - 1)}")
        for what in ("eleven downloads", "ten downloads and ffmpeg"):
            if "ffmpeg" in what:
                await get_reply(owner, general, f"$dlc {find_id(last)}")
                await get_reply(owner, general, f"$dl https://media.example.com/files/{CLIP}")
                await wait_for_transcode(bot.pid)
            peak = Counter[str]()
            watch = asyncio.create_task(watch_memory(bot.pid, peak))
            times_ms = await simulate_users(users, channels, rounds, first=100_000 * len(rows) + 1000)
            watch.cancel()
            median, p95 = find_percentiles(times_ms)
            parts = ", ".join(f"{kind} {size}" for kind, size in peak.most_common())
            rows.append(f"| {what} | {median:.0f} ms | {p95:.0f} ms | {peak.total()} MB | {parts} |")
            print(rows[-1])
        if "ffmpeg" not in peak or not is_running("ffmpeg", bot.pid):
            raise RuntimeError("the transcode ended before the measurement")
    return rows


async def wait_for_transcode(bot_pid: int) -> None:
    """Wait until ffmpeg runs."""
    for _ in range(600):
        if is_running("ffmpeg", bot_pid):
            return
        await asyncio.sleep(0.2)
    raise RuntimeError("no transcode starts")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few rounds, nothing is written")
    is_short = parser.parse_args(arguments).short
    with tempfile.TemporaryDirectory() as name:
        make_clip(Path(name, "site", "media"))
        with site_process(Path(name, "site")) as site:
            rows = asyncio.run(run(site, Path(name), 1 if is_short else 6))
    if not is_short:
        text = [
            "# The bot under its full load",
            "",
            "Memory (PSS) of the bot, its zygote, its workers and ffmpeg at the peak of each phase, and the time from",
            f"`$dl` to the card, of {USERS} users at once. Goals: {MEMORY_GOAL_MB} MB, and {CARD_GOAL_MS} ms at the",
            "95th percentile. The transcode is that of a video of one minute in 1080p.",
            "",
            "| What runs | Card, median | Card, 95th percentile | Memory | Of it, in MB |",
            "|---|---|---|---|---|",
            *rows,
        ]
        RESULTS.write_text("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
