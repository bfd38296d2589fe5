"""One Python program as a child: on a leash, heard line by line, ended politely and then not.

It exists apart from the keeping because a single life is all it knows about.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from typing import Final

_LEASH: Final = ("-m", "boss_bot_sandbox.harness.parent_death_signal")
_MAX_LINE_BYTES = 256 * 1024
_STOP_S = 15.0


async def start(program: tuple[str, ...], environment: Mapping[str, str]) -> asyncio.subprocess.Process:
    """Start a program that ends with this process at the latest.

    Args:
        program: What Python is to run.
        environment: All of its environment.
    """
    return await asyncio.create_subprocess_exec(
        *(sys.executable, *_LEASH, str(os.getpid()), *program),
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        limit=_MAX_LINE_BYTES,
        # Ctrl-C in the terminal is for the sandbox, which then stops the program in its own time.
        start_new_session=True,
    )


async def read_lines(process: asyncio.subprocess.Process) -> AsyncIterator[str]:
    """Yield what it writes, on both of its outputs, until it closes them."""
    assert process.stdout is not None  # noqa: S101 - asked for above
    while line := await _next_line(process.stdout):
        yield line.decode(errors="replace").rstrip()


async def stop(process: asyncio.subprocess.Process) -> None:
    """End it: SIGTERM, and after a while SIGKILL."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        # Its pipe has to be read on, or a talkative end would never come.
        await asyncio.wait_for(process.communicate(), _STOP_S)
    except TimeoutError:
        process.kill()
        await process.wait()


async def _next_line(stream: asyncio.StreamReader) -> bytes:
    try:
        return await stream.readline()
    except ValueError:  # longer than any line should be; its beginning is gone already
        return b"...\n"
