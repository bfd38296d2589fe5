"""The time of whole commands: `boss-bot get` of one small file against both engines' command lines, and `boss-bot run`.

Every command starts cold, as a person starts it, with compiled bytecode. Runs alternate; beside other work on the
machine, the CPU time of a command and of all its processes tells more than its wall time. `boss-bot run` is measured
until the bot has logged in to the local Discord, with its queue, its plugins and their engines ready.
"""

import argparse
import asyncio
import compileall
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import boss_bot_core
from benchmarks.local_bot import running_bot
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.site import RemoteSite, site_process

LINKS = {"a file": "/files/photo-{}.jpg", "a page with a video": "/page/{}?src=/files/clip.mp4"}
ENGINES = {"gallery-dl": ("gallery_dl", "--quiet", "--directory", "."), "yt-dlp": ("yt_dlp", "--quiet")}


def measure_command_s(folder: Path, *command: str) -> tuple[float, float]:
    """Run a module of this Python with its arguments; return the seconds until it has ended, and those of its CPU time.

    Raises:
        CalledProcessError: The command failed.
    """
    environ = os.environ | {
        "BOSS_BOT_CONFIG_FILE": os.devnull,
        "BOSS_BOT_DATA_DIR": str(folder / "data"),
        "BOSS_BOT_ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8",
    }
    with tempfile.TemporaryDirectory(dir=folder) as place:
        started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", *command], cwd=place, env=environ, capture_output=True, check=True, timeout=60
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return time.monotonic() - started, cpu_s


def find_medians_s(times: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Return the medians of both kinds of time."""
    wall_s, cpu_s = (statistics.median(kind) for kind in zip(*times, strict=True))
    return wall_s, cpu_s


def compare_get(site: RemoteSite, folder: Path, rounds: int) -> None:
    """Print the medians of `boss-bot get` and of the engines that can fetch the same link, and the ratios."""
    number = 0
    for what, path in LINKS.items():
        engines = [name for name in ENGINES if name == "yt-dlp" or what == "a file"]
        commands = {"boss-bot get": ("boss_bot_core", "get"), **{name: ENGINES[name] for name in engines}}
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                number += 1  # another address each time, so that nothing comes from storage
                times[name].append(measure_command_s(folder, *command, site.http_url + path.format(number)))
        medians = {name: find_medians_s(seconds) for name, seconds in times.items()}
        for kind, label in enumerate(("until it has ended", "of CPU time")):
            ours = medians["boss-bot get"][kind]
            theirs = {name: seconds[kind] for name, seconds in medians.items() if name != "boss-bot get"}
            ratios = ", ".join(f"{name} {each:.2f} s: {ours / each:.2f} times" for name, each in theirs.items())
            print(f"boss-bot get of {what}: {ours:.2f} s {label}; {ratios}")


async def measure_ready_s(site: RemoteSite, folder: Path) -> float:
    """Start the bot, and return the seconds until it has logged in."""
    async with LocalDiscord() as discord:
        started = time.monotonic()
        async with running_bot(discord, site, folder):
            return time.monotonic() - started


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few rounds")
    rounds = 3 if parser.parse_args(arguments).short else 15
    compileall.compile_dir(Path(boss_bot_core.__file__).parent, quiet=2)
    with tempfile.TemporaryDirectory() as name, site_process(Path(name) / "site") as site:
        folder = Path(name)
        runs = [measure_command_s(folder, "boss_bot_core", "--version") for _ in range(rounds)]
        print("boss-bot --version: {:.2f} s, {:.2f} s of CPU time".format(*find_medians_s(runs)))
        compare_get(site, folder, rounds)
        ready = statistics.median(asyncio.run(measure_ready_s(site, folder)) for _ in range(rounds))
        print(f"boss-bot run: {ready:.2f} s until it has logged in")


if __name__ == "__main__":
    main()
