"""Sets a worker process up after the fork: session, signals, descriptors, environment, confinement.

Programs that an engine starts must die with the worker. The parent-death signal is not inherited, so
`subprocess.Popen` is patched to set it in every child. A JavaScript runtime also needs a higher address space limit.
"""

import gc
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
from boss_bot_core.worker.messages.jobs import list_packed_settings

_JAVASCRIPT_RUNTIMES = frozenset({"deno", "node", "bun", "qjs"})


def kill_programs_with_worker() -> None:
    """Patch `subprocess.Popen` so that every program that is started from now on dies with this process."""
    original = subprocess.Popen.__init__
    signature = inspect.signature(original)

    def init_with_preexec(*arguments: object, **named: object) -> None:
        bound = signature.bind(*arguments, **named)
        bound.arguments["preexec_fn"] = _build_preexec(bound.arguments)
        original(*bound.args, **bound.kwargs)

    # The class is patched, not its module: engines have subclassed it already.
    subprocess.Popen.__init__ = init_with_preexec  # type: ignore[method-assign]  # replacing the method is intended


def _build_preexec(popen_arguments: dict[str, object]) -> Callable[[], None]:
    parent_pid = os.getpid()
    command = popen_arguments.get("executable") or popen_arguments["args"]
    program = command if isinstance(command, str | bytes | os.PathLike) else next(iter(command))  # type: ignore[call-overload]
    is_javascript_runtime = PurePath(os.fsdecode(program)).name in _JAVASCRIPT_RUNTIMES
    original_preexec = popen_arguments.get("preexec_fn")

    def preexec() -> None:
        die_with_parent(signal.SIGKILL, parent_pid)
        if is_javascript_runtime:
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
        if callable(original_preexec):
            original_preexec()

    return preexec


_CHANNEL_FD = 3
_OOM_SCORE_ADJ = "1000"


def detach_from_zygote(channel: socket.socket, zygote_pid: int) -> socket.socket:
    """Leave the zygote's session and close every inherited descriptor; return the job's socket.

    Args:
        channel: The job's socket; unusable afterwards.
        zygote_pid: The zygote's pid.
    """
    gc.enable()
    os.setsid()
    die_with_parent(signal.SIGKILL, zygote_pid)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.dup2(channel.detach(), _CHANNEL_FD, inheritable=False)
    os.closerange(_CHANNEL_FD + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    # The kernel's out-of-memory killer chooses a worker before the bot or any other process.
    Path("/proc/self/oom_score_adj").write_text(_OOM_SCORE_ADJ)
    return socket.socket(fileno=_CHANNEL_FD)


def prepare_environment(start_job: StartJob, reporter: Reporter) -> None:
    """Set HOME, TMPDIR and the working directory to the job's folder, then apply the confinement.

    Raises:
        OSError: A layer of the confinement that this kernel supports could not be applied.
    """
    job = start_job.job
    proxy = (urlsplit(job.proxy_url).password or "", job.proxy_url) if isinstance(job, DownloadJob) else ()
    reporter.add_secrets(*proxy, *(text for settings in list_packed_settings(job) for text in settings.secrets))
    capture_output(reporter)
    grants = build_grants(job)
    _set_home(grants)
    # A fork copies the random generator's state: without this every worker would draw the same numbers.
    random.seed()
    kill_programs_with_worker()
    confine(start_job.confinement, grants, lambda message: reporter.log("WARNING", message))


def _set_home(grants: JobGrants) -> None:
    home = grants.scratch_directory or Path("/nonexistent")
    if grants.scratch_directory is not None:
        grants.scratch_directory.mkdir(exist_ok=True)
    os.chdir(grants.directory or "/")
    os.environ.update({"HOME": str(home), "TMPDIR": str(home), "XDG_CACHE_HOME": str(home), "PWD": str(Path.cwd())})
    os.environ.pop("XDG_CONFIG_HOME", None)
    tempfile.tempdir = None
