"""Programs that an engine starts must die with the worker, and a JavaScript runtime needs room.

The parent-death signal is not inherited, so `subprocess.Popen` is taught to set it in every child.
"""

import inspect
import os
import resource
import signal
import subprocess
from collections.abc import Callable
from pathlib import PurePath

from boss_bot_core.worker.kernel import die_with_parent

_RUNTIMES = frozenset({"deno", "node", "bun", "qjs"})


def tie_programs() -> None:
    """Make every program that is started from now on end with this process."""
    original = subprocess.Popen.__init__
    signature = inspect.signature(original)

    def tied(*arguments: object, **named: object) -> None:
        bound = signature.bind(*arguments, **named)
        bound.arguments["preexec_fn"] = _before_start(bound.arguments)
        original(*bound.args, **bound.kwargs)

    # On the class, not in its module: engines have subclassed it by now.
    subprocess.Popen.__init__ = tied  # type: ignore[method-assign]  # the very point


def _before_start(given: dict[str, object]) -> Callable[[], None]:
    parent = os.getpid()
    command = given.get("executable") or given["args"]
    first = command if isinstance(command, str | bytes | os.PathLike) else next(iter(command))  # type: ignore[call-overload]
    needs_room = PurePath(os.fsdecode(first)).name in _RUNTIMES
    theirs = given.get("preexec_fn")

    def before_start() -> None:
        die_with_parent(signal.SIGKILL, parent)
        if needs_room:
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
        if callable(theirs):
            theirs()

    return before_start
