"""The shutdown signal, in a process of its own that stops a task."""

import asyncio
import os
import pty
import signal
import sys
from pathlib import Path

import pytest

from boss_bot_core.log.setup import LOG_NAME
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.events import GatewayIdentified
from tests.bot.program import Program

# Prints "up", and after the shutdown signal "down"; in between it takes a second.
PROGRAM = """
import asyncio, sys
from boss_bot_core.bot.shutdown import ShutdownSignal

async def main():
    stop = ShutdownSignal()
    with stop.listening():
        try:
            print("up", flush=True)
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            print("ends", flush=True)
            await asyncio.sleep(1)
            print("down", stop.is_requested, flush=True)

asyncio.run(main())
"""


async def start(*wrapper: str, program: str = PROGRAM) -> asyncio.subprocess.Process:
    child = await asyncio.create_subprocess_exec(
        *wrapper, sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    assert await child.stdout.readline() == b"up\n"
    return child


async def wait_until_it_ends(child: asyncio.subprocess.Process) -> None:
    assert child.stdout is not None
    assert await child.stdout.readline() == b"ends\n"


@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
async def test_a_second_signal_kills(second: int) -> None:
    child = await start()
    child.send_signal(signal.SIGTERM)
    await wait_until_it_ends(child)
    child.send_signal(second)
    output, _ = await child.communicate()
    assert b"down" not in output
    assert child.returncode != 0


async def test_a_second_sighup_does_not_disturb_the_shutdown() -> None:
    child = await start()
    child.send_signal(signal.SIGHUP)
    await wait_until_it_ends(child)
    child.send_signal(signal.SIGHUP)
    output, errors = await child.communicate()
    assert (output, child.returncode) == (b"down True\n", 0)
    assert errors.count(b"Stopping because of SIGHUP.") == 1


async def test_nohup_keeps_it_running() -> None:
    child = await start("nohup")
    child.send_signal(signal.SIGHUP)
    child.send_signal(signal.SIGTERM)
    _, errors = await child.communicate()
    assert child.returncode == 0
    assert b"SIGHUP" not in errors
    assert b"Stopping because of SIGTERM." in errors


async def test_a_closed_terminal_stops_the_bot_with_code_0(local_discord: LocalDiscord, tmp_path: Path) -> None:
    program = Program(local_discord, tmp_path)
    terminal, program.terminal = pty.openpty()
    async with program.started("setsid", "--ctty", "--wait") as child:
        os.close(program.terminal)
        await local_discord.wait_for(GatewayIdentified, timeout_s=30, start=0)
        os.close(terminal)
        assert await asyncio.wait_for(child.wait(), 30) == 0
    assert '"Stopping because of SIGHUP."' in (program.data / "logs" / LOG_NAME).read_text()
