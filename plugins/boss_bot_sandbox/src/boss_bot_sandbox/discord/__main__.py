"""The local Discord as a process: ``python -m boss_bot_sandbox.discord``.

It prints one line of JSON with its addresses and runs until SIGINT or SIGTERM.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys

from boss_bot_sandbox.discord.options import MIB, Options, PrivilegedIntent
from boss_bot_sandbox.discord.server import LocalDiscord


def main() -> None:
    """Parse the arguments and run the server until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m boss_bot_sandbox.discord", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="where to listen; 0 takes a free port")
    parser.add_argument("--upload-mib", type=float, default=20, help="limit per file below boost tier 2")
    parser.add_argument(
        "--without-intent",
        action="append",
        default=[],
        choices=[intent.value for intent in PrivilegedIntent],
        help="a privileged intent that is switched off",
    )
    asyncio.run(_run(parser.parse_args()))


async def _run(arguments: argparse.Namespace) -> None:
    off = {PrivilegedIntent(name) for name in arguments.without_intent}
    options = Options(
        portal_intents=frozenset(PrivilegedIntent) - off,
        default_upload_bytes=int(arguments.upload_mib * MIB),
    )
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with LocalDiscord(options, port=arguments.port) as server:
        addresses = {
            "rest_url": server.rest_url,
            "gateway_url": server.gateway_url,
            "cdn_url": server.cdn_url,
            "control_url": server.control_url,
            "token": server.token,
        }
        sys.stdout.write(json.dumps(addresses) + "\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    main()
