"""Programs that an engine starts must die with the worker, and a JavaScript runtime needs room.

The parent-death signal is not inherited, so `subprocess.Popen` is taught to set it in every child.

Turning a copy of the zygote into a process of its own: session, signals, descriptors, surroundings.
"""

import inspect
import os
import random
import resource
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from boss_bot_core.worker.child.output import capture_output
from boss_bot_core.worker.child.reporter import Reporter
from boss_bot_core.worker.confinement.apply import confine
from boss_bot_core.worker.confinement.grants import JobGrants, build_grants
from boss_bot_core.worker.linux import die_with_parent
from boss_bot_core.worker.messages import DownloadJob, StartJob

_JAVASCRIPT_RUNTIMES = frozenset({"deno", "node", "bun", "qjs"})


def kill_programs_with_worker() -> None:
    """Make every program that is started from now on end with this process."""
    original = subprocess.Popen.__init__
    signature = inspect.signature(original)

    def tied(*arguments: object, **named: object) -> None:
        bound = signature.bind(*arguments, **named)
        bound.arguments["preexec_fn"] = _build_preexec(bound.arguments)
        original(*bound.args, **bound.kwargs)

    # On the class, not in its module: engines have subclassed it by now.
    subprocess.Popen.__init__ = tied  # type: ignore[method-assign]  # the very point


def _build_preexec(given: dict[str, object]) -> Callable[[], None]:
    parent = os.getpid()
    command = given.get("executable") or given["args"]
    first = command if isinstance(command, str | bytes | os.PathLike) else next(iter(command))  # type: ignore[call-overload]
    needs_room = PurePath(os.fsdecode(first)).name in _JAVASCRIPT_RUNTIMES
    theirs = given.get("preexec_fn")

    def before_start() -> None:
        die_with_parent(signal.SIGKILL, parent)
        if needs_room:
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
        if callable(theirs):
            theirs()

    return before_start


_CHANNEL_FD = 3
_OOM_SCORE_ADJ = "1000"


def detach_from_zygote(channel: socket.socket, zygote_pid: int) -> socket.socket:
    """Leave the zygote's session and everything it holds open; return the job's socket.

    Args:
        channel: The job's socket; unusable afterwards.
        zygote: The zygote's pid.
    """
    os.setsid()
    die_with_parent(signal.SIGKILL, zygote_pid)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.dup2(channel.detach(), _CHANNEL_FD, inheritable=False)
    os.closerange(_CHANNEL_FD + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    # The kernel's out-of-memory killer takes a worker before the bot or anything else.
    Path("/proc/self/oom_score_adj").write_text(_OOM_SCORE_ADJ)
    return socket.socket(fileno=_CHANNEL_FD)


def prepare_environment(start_job: StartJob, reporter: Reporter) -> None:
    """Make the job's folder the worker's world, then lock the door.

    Raises:
        OSError: A layer of the confinement that this kernel has could not be put up.
    """
    job = start_job.job
    if isinstance(job, DownloadJob):
        reporter.redact(urlsplit(job.proxy_url).password or "", job.proxy_url)
    capture_output(reporter)
    grants = build_grants(job)
    _set_home(grants)
    # A fork copies the generator's state: without this every worker would draw the same numbers.
    random.seed()
    kill_programs_with_worker()
    confine(start_job.confinement, grants, lambda tried: reporter.log("WARNING", tried))


def _set_home(grants: JobGrants) -> None:
    home = grants.scratch_directory or Path("/nonexistent")
    if grants.scratch_directory is not None:
        grants.scratch_directory.mkdir(exist_ok=True)
    os.chdir(grants.directory or "/")
    os.environ.update({"HOME": str(home), "TMPDIR": str(home), "XDG_CACHE_HOME": str(home), "PWD": str(Path.cwd())})
    os.environ.pop("XDG_CONFIG_HOME", None)
    tempfile.tempdir = None
