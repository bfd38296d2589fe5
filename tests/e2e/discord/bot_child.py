"""`python -m boss_bot_core run` as a child process that a test starts, kills and stops."""

import asyncio
import json
import signal
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs

from boss_bot_core.log.setup import LOG_NAME
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.events import GatewayIdentified

_STARTS_WITHIN_S = 60.0
_STOPS_WITHIN_S = 40.0
_BUGS = ("ERROR", "CRITICAL")
_STOP_SIGNAL = signal.SIGTERM


@attrs.define
class BotChild:
    """A bot with its own data folder, which may be started several times.

    Attributes:
        discord: The Discord that it logs in to.
        folder: The folder of its console output.
        environment: Its environment variables.
    """

    discord: LocalDiscord
    folder: Path
    environment: Mapping[str, str]
    _process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def data(self) -> Path:
        return Path(self.environment["BOSS_BOT_DATA_DIR"])

    @property
    def output(self) -> str:
        """Everything that it has written to the console."""
        return (self.folder / "console.txt").read_text()

    async def start(self) -> None:
        """Start the bot and wait until it has logged in."""
        begin = len(self.discord.transcript)
        with (self.folder / "console.txt").open("a") as console:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "boss_bot_core", "run"),
                env=dict(self.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=console,
                stderr=asyncio.subprocess.STDOUT,
            )
        login = asyncio.create_task(self.discord.wait_for(GatewayIdentified, timeout_s=_STARTS_WITHIN_S, start=begin))
        ended = asyncio.create_task(self._process.wait())
        await asyncio.wait([login, ended], return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        assert login.done(), self.output
        await login

    def signal(self, number: int) -> None:
        """Send a signal to the bot."""
        assert self._process is not None
        self._process.send_signal(number)

    async def kill(self) -> None:
        """End the bot with SIGKILL."""
        await self._end(signal.SIGKILL)

    async def stop(self, number: int = _STOP_SIGNAL) -> None:
        """End the bot with a signal, and check that it exits with code 0."""
        assert await self._end(number) == 0, self.output

    async def _end(self, number: int) -> int | None:
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return None if process is None else process.returncode
        process.send_signal(number)
        try:
            return await asyncio.wait_for(process.wait(), _STOPS_WITHIN_S)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    def row(self, short_id: str) -> dict[str, Any]:
        """Return the row of a download in the database."""
        (row,) = self._select("SELECT * FROM download_items WHERE id LIKE ?", f"{short_id}%")
        return row

    def knows_card(self, short_id: str) -> bool:
        """Return whether the message of a download's card is recorded in the database."""
        return bool(self._select("SELECT * FROM cards WHERE item_id LIKE ?", f"{short_id}%"))

    def _select(self, query: str, *parameters: str) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(f"file:{self.data}/boss-bot.sqlite3?mode=ro", uri=True, timeout=10)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query, parameters)]

    def bugs(self) -> list[str]:
        """Return the logged errors that are bugs."""
        return [json.dumps(entry)[:3000] for entry in self._log() if _is_bug(entry)]

    def _log(self) -> Iterator[dict[str, Any]]:
        for path in sorted(self.data.rglob(LOG_NAME)):
            yield from map(json.loads, path.read_text().splitlines())


def _is_bug(entry: dict[str, Any]) -> bool:
    if entry["level"] not in _BUGS or entry["message"].startswith("Attempting a reconnect"):
        # discord.py logs that as an error when the gateway cannot be reached.
        return False
    # An error of a plugin without a traceback is an engine's message about a failed download.
    return "traceback" in entry or "plugin" not in entry
