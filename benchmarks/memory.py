"""The peak memory of ten simultaneous downloads: the bot's process tree against ten processes of the engines."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.process_tree import sum_pss_bytes
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_sandbox.site import RemoteSite, site_process

DOWNLOADS = 10
RATE_BPS = 100_000


def build_links(site: RemoteSite, seconds: int) -> list[str]:
    """Return five slow links for gallery-dl and five for yt-dlp; each download takes `seconds`."""
    size = RATE_BPS * seconds
    path = f"throttled/{RATE_BPS}/clip.mp4?size_bytes="
    by_gallery_dl = [f"{site.http_url}/{path}{size + number}" for number in range(5)]
    by_yt_dlp = [f"{site.http_url}/page/{number}?src=/{path}{size + 5 + number}" for number in range(5)]
    return by_gallery_dl + by_yt_dlp


def measure_peak_mib(processes: Sequence["subprocess.Popen[bytes]"], seconds: float) -> float:
    """Return the peak memory of processes and their descendants together, watched until they end or `seconds` pass."""
    peak = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end and any(process.poll() is None for process in processes):
        peak = max(peak, sum(sum_pss_bytes(process.pid) for process in processes))
        time.sleep(0.2)
    return peak / MEGABYTE


def measure_bot(site: RemoteSite, folder: Path, seconds: int) -> float:
    """Return the peak memory of one `boss-bot get` with ten links, in MiB."""
    environ = os.environ | {
        "BOSS_BOT_CONFIG_FILE": os.devnull,
        "BOSS_BOT_DATA_DIR": str(folder / "data"),
        "BOSS_BOT_ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8",
        "BOSS_BOT_MAX_CONCURRENT_DOWNLOADS": str(DOWNLOADS),
    }
    command = [sys.executable, "-m", "boss_bot_core", "get", "--out", str(folder / "out"), *build_links(site, seconds)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        return measure_peak_mib([process], seconds * 3)


def measure_commands(site: RemoteSite, folder: Path, seconds: int) -> float:
    """Return the peak memory of ten processes of the engines' command lines, in MiB."""
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
            for number, link in enumerate(build_links(site, seconds))
        ]
        return measure_peak_mib(processes, seconds * 3)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="shorter downloads")
    seconds = 8 if parser.parse_args(arguments).short else 20
    with tempfile.TemporaryDirectory() as folder, site_process(Path(folder, "site")) as site:
        bot_mib = measure_bot(site, Path(folder), seconds)
        commands_mib = measure_commands(site, Path(folder), seconds)
    ratio = commands_mib / bot_mib
    print(f"ten downloads: {bot_mib:.0f} MiB PSS with the bot, {commands_mib:.0f} MiB by commands: {ratio:.1f} times")


if __name__ == "__main__":
    main()
