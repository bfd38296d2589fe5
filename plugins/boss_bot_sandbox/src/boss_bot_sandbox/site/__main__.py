"""The site as a process: ``python -m boss_bot_sandbox.site --directory D [--ports-file F]``."""

import argparse
import asyncio
import contextlib
import json
import os
import signal
import sys
from pathlib import Path

from boss_bot_sandbox.site.server import MediaSite


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="boss_bot_sandbox.site", description=__doc__)
    parser.add_argument("--directory", type=Path, required=True, help="where media are cached")
    parser.add_argument("--ports-file", type=Path, help="also write the line printed when ready to this file")
    return parser.parse_args()


def _stop_on_orphanhood(stop: asyncio.Event) -> None:
    """Set ``stop`` when standard input closes, the parent process ends, or SIGINT or SIGTERM arrives."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    parent = os.pidfd_open(os.getppid())
    loop.add_reader(parent, stop.set)

    def read_input() -> None:
        if not os.read(sys.stdin.fileno(), 4096):
            stop.set()

    # A file or the null device as input cannot be watched and never closes; then only the parent's end counts.
    with contextlib.suppress(PermissionError):
        loop.add_reader(sys.stdin.fileno(), read_input)


async def _serve(directory: Path, ports_file: Path | None) -> None:
    stop = asyncio.Event()
    _stop_on_orphanhood(stop)
    async with MediaSite.start(directory) as site:
        line = json.dumps(site.connection_info())
        if ports_file:
            draft = ports_file.with_name(f"{ports_file.name}.draft")
            draft.write_text(line, encoding="utf-8")
            draft.replace(ports_file)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    options = _arguments()
    asyncio.run(_serve(options.directory, options.ports_file))
