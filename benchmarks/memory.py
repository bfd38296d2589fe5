"""Ten downloads at once: the whole process tree's memory, against ten of the engines' command lines."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.process_tree import MIB, tree_pss_bytes
from boss_bot_sandbox.site import RemoteSite, site_process

DOWNLOADS = 10
RATE_BPS = 100_000


def links(site: RemoteSite, seconds: int) -> list[str]:
    """Return five links that gallery-dl fetches and five that yt-dlp fetches, all slow."""
    size = RATE_BPS * seconds
    path = f"throttled/{RATE_BPS}/clip.mp4?size_bytes="
    by_gallery_dl = [f"{site.http_url}/{path}{size + number}" for number in range(5)]
    by_yt_dlp = [f"{site.http_url}/page/{number}?src=/{path}{size + 5 + number}" for number in range(5)]
    return by_gallery_dl + by_yt_dlp


def peak_mib(processes: Sequence["subprocess.Popen[bytes]"], seconds: float) -> float:
    """Watch processes with all they started, and return the most memory that they used together."""
    peak = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end and any(process.poll() is None for process in processes):
        peak = max(peak, sum(tree_pss_bytes(process.pid) for process in processes))
        time.sleep(0.2)
    return peak / MIB


def bot(site: RemoteSite, folder: Path, seconds: int) -> float:
    """Return the peak of one `boss-bot get` with ten links."""
    environ = os.environ | {
        "BOSS_BOT_CONFIG_FILE": os.devnull,
        "BOSS_BOT_DATA_DIR": str(folder / "data"),
        "BOSS_BOT_ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8",
        "BOSS_BOT_MAX_CONCURRENT_DOWNLOADS": str(DOWNLOADS),
    }
    command = [sys.executable, "-m", "boss_bot_core", "get", "--out", str(folder / "out"), *links(site, seconds)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        return peak_mib([process], seconds * 3)


def commands(site: RemoteSite, folder: Path, seconds: int) -> float:
    """Return the peak of ten command lines."""
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "gallery_dl" if number < 5 else "yt_dlp", link],
                    cwd=folder,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
            for number, link in enumerate(links(site, seconds))
        ]
        return peak_mib(processes, seconds * 3)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="shorter downloads")
    seconds = 8 if parser.parse_args(arguments).short else 20
    with tempfile.TemporaryDirectory() as folder, site_process(Path(folder, "site")) as site:
        ours = bot(site, Path(folder), seconds)
        theirs = commands(site, Path(folder), seconds)
    print(f"ten downloads: {ours:.0f} MiB PSS with the bot, {theirs:.0f} MiB by commands: {theirs / ours:.1f} times")


if __name__ == "__main__":
    main()
