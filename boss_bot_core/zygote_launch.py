"""Launches the zygote's process, which the command line does before it imports anything else.

So this module imports the standard library only, and stands outside the package `worker`. The zygote inherits its end
of the control socket and, of this process's environment, an allow-list.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

# Almost no object of an import is garbage; the zygote collects it at the end, and workers enable the collector.
_PROGRAM = "import gc; gc.disable(); from boss_bot_core.worker.zygote_process.main import main; main()"
_INHERITED_VARIABLES = frozenset({"PATH", "HOME", "LANG", "TZ", "TMPDIR"})
_INHERITED_PREFIX = "LC_"
_OWN_PREFIX = "BOSS_BOT_"


class LaunchedZygote(NamedTuple):
    """A zygote that waits for its first message.

    Attributes:
        process: Its process.
        control: The bot's end of its control socket.
        is_loading: Whether the first message has been sent.
    """

    process: subprocess.Popen[bytes]
    control: socket.socket
    is_loading: bool = False

    def load_plugins(
        self,
        *,
        disabled: Iterable[str],
        environment: Mapping[str, str],
        is_eager: bool,
        link: Mapping[str, object] | None,
    ) -> "LaunchedZygote":
        """Send the first message, for which the modules of all messages need not be imported; see `LoadPlugins`.

        Raises:
            OSError: The zygote has ended.
        """
        fields = {"disabled": sorted(disabled), "environment": dict(environment), "is_eager": is_eager, "link": link}
        self.control.send(json.dumps({**fields, "_type": "LoadPlugins"}).encode())
        return self._replace(is_loading=True)

    def close(self) -> None:
        """End a zygote that nobody has adopted; without effect on one that has ended."""
        if self.process.returncode is None:
            self.control.close()
            if self.is_loading:
                self.process.kill()  # it looks at its control socket only when everything is loaded
            self.process.communicate()


def launch_zygote(extra_environment: Mapping[str, str]) -> LaunchedZygote:
    """Start a zygote.

    Args:
        extra_environment: Variables for the zygote beside the inherited ones.

    Raises:
        OSError: This machine lets no process start.
    """
    bot_end, zygote_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        with zygote_end:
            process = subprocess.Popen(  # noqa: S603 - this interpreter and a module of this program
                (sys.executable, "-P", "-c", _PROGRAM, str(zygote_end.fileno()), str(os.getpid())),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=build_environment(extra_environment),
                pass_fds=(zygote_end.fileno(),),
                # Only the bot must receive SIGINT when Ctrl-C is pressed in the terminal.
                start_new_session=True,
            )
    except BaseException:
        bot_end.close()
        raise
    return LaunchedZygote(process, bot_end)


def launch_before_settings() -> LaunchedZygote | None:
    """Start a zygote before the settings are loaded; None when this machine does not let it, which a later start tells.

    Variables that only config.toml names in `worker_environment` reach the zygote with its first message.
    """
    names = [name.strip() for name in os.environ.get(f"{_OWN_PREFIX}WORKER_ENVIRONMENT", "").split(",")]
    named = {name: os.environ[name] for name in names if name in os.environ and not name.startswith(_OWN_PREFIX)}
    with suppress(OSError):
        return launch_zygote(named)
    return None


def build_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Build the zygote's environment: the allowed variables of this process, and `extra`.

    An allow-list, because `/proc/PID/environ` shows the environment for as long as the process lives.
    """
    names = [name for name in os.environ if name in _INHERITED_VARIABLES or name.startswith(_INHERITED_PREFIX)]
    return {**{name: os.environ[name] for name in names}, **extra}
