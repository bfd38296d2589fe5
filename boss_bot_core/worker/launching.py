"""Starting the zygote's process: what it inherits is the control socket, and nothing of the bot's environment."""

import asyncio
import os
import socket
import sys
from collections.abc import Mapping

from loguru import logger

from boss_bot_core.worker.control_channel import ControlChannel

_ALLOWED = frozenset({"PATH", "HOME", "LANG", "TZ", "TMPDIR"})
_ALLOWED_PREFIX = "LC_"


async def launch(extra_environment: Mapping[str, str]) -> tuple[asyncio.subprocess.Process, ControlChannel]:
    """Start a zygote, and return it with the way to talk to it.

    Args:
        extra_environment: Variables that it gets beside the harmless ones of this process.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control = ControlChannel(ours)
    with theirs:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", f"{__package__}.zygote_process", str(theirs.fileno()), str(os.getpid())),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env=clean_environment(extra_environment),
            pass_fds=(theirs.fileno(),),
            # Ctrl-C on the terminal is the bot's to handle.
            start_new_session=True,
        )
    return process, control


async def log_complaints(process: asyncio.subprocess.Process) -> None:
    """Log what the zygote writes to its standard error: a plugin's warnings while it warms up, or a traceback."""
    while process.stderr is not None and (text := await process.stderr.read(4096)):
        logger.bind(action="zygote").warning("The zygote says: {}", text.decode(errors="replace").rstrip())


def clean_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return what of this process's environment the zygote may see, and `extra`.

    An allow-list: `/proc/PID/environ` shows it for as long as the process lives.
    """
    kept = {name: text for name, text in os.environ.items() if name in _ALLOWED or name.startswith(_ALLOWED_PREFIX)}
    return {**kept, **extra}
