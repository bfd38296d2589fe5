"""`boss-bot run` as a child process of a test."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from boss_bot_sandbox.discord import LocalDiscord

KEPT = ("PATH", "HOME", "LANG")


class Program:
    """`boss-bot run` with a data folder of its own.

    Attributes:
        terminal: The file descriptor of its input and output; None gives it pipes.
    """

    def __init__(self, server: LocalDiscord, folder: Path) -> None:
        coverage = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
        self.data = folder / "data"
        self.terminal: int | None = None
        self.environ = {name: os.environ[name] for name in KEPT if name in os.environ} | coverage
        self.environ |= {
            "XDG_CONFIG_HOME": str(folder),
            "BOSS_BOT_TOKEN": server.token,
            "BOSS_BOT_DATA_DIR": str(self.data),
            "BOSS_BOT_DISCORD_API_URL": server.rest_url,
            "BOSS_BOT_DISCORD_GATEWAY_URL": server.gateway_url,
            "BOSS_BOT_DISCORD_CDN_URL": server.cdn_url,
        }

    @asynccontextmanager
    async def started(self, *wrapper: str, **more: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """Run it during the block; killed at the end if it still runs.

        Args:
            wrapper: Another program that runs it, with its arguments.
            more: Further environment variables.
        """
        child = await asyncio.create_subprocess_exec(
            *(*wrapper, sys.executable, "-m", "boss_bot_core", "run"),
            env=self.environ | more,
            stdin=asyncio.subprocess.DEVNULL if self.terminal is None else self.terminal,
            stdout=asyncio.subprocess.PIPE if self.terminal is None else self.terminal,
            stderr=asyncio.subprocess.PIPE if self.terminal is None else self.terminal,
        )
        try:
            yield child
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()

    async def ends(self, *wrapper: str, **more: str) -> tuple[int | None, str]:
        """Return the exit code and what it said."""
        async with self.started(*wrapper, **more) as child:
            output, errors = await asyncio.wait_for(child.communicate(), 60)
            return child.returncode, (output + errors).decode()
