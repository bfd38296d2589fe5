"""One run of a Python program as a child process: start it, read its output line by line, stop it.

The program is killed when this process ends. Restarting it is the task of `BotProcess`.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from typing import Final

_LAUNCHER: Final = ("-m", "boss_bot_sandbox.harness.parent_death_signal")
_MAX_LINE_BYTES = 256 * 1024
_STOP_S = 15.0


async def start_child(program: tuple[str, ...], environment: Mapping[str, str]) -> asyncio.subprocess.Process:
    """Start a program, which is killed when this process ends.

    Args:
        program: The arguments of the Python interpreter.
        environment: All environment variables of the program.
    """
    return await asyncio.create_subprocess_exec(
        *(sys.executable, *_LAUNCHER, str(os.getpid()), *program),
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        limit=_MAX_LINE_BYTES,
        # Ctrl-C in the terminal must reach the sandbox only, which then stops the program itself.
        start_new_session=True,
    )


async def read_lines(process: asyncio.subprocess.Process) -> AsyncIterator[str]:
    """Yield the lines of the program's standard output and standard error until it closes them."""
    assert process.stdout is not None  # noqa: S101 - asked for above
    while line := await _next_line(process.stdout):
        yield line.decode(errors="replace").rstrip()


async def stop_child(process: asyncio.subprocess.Process) -> None:
    """Stop the program with SIGTERM, and with SIGKILL when it has not ended after 15 seconds."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        # Its pipe must still be read: a program that writes much while it ends would otherwise block.
        await asyncio.wait_for(process.communicate(), _STOP_S)
    except TimeoutError:
        process.kill()
        await process.wait()


async def _next_line(stream: asyncio.StreamReader) -> bytes:
    try:
        return await stream.readline()
    except ValueError:  # The line exceeded the limit; asyncio has dropped its beginning.
        return b"...\n"
