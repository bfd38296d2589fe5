"""Turning a copy of the zygote into a process of its own: session, signals, descriptors, surroundings."""

import os
import random
import resource
import signal
import socket
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from boss_bot_core.worker.child.output import capture_output
from boss_bot_core.worker.child.programs import tie_programs
from boss_bot_core.worker.child.reporter import Reporter
from boss_bot_core.worker.confinement.apply import confine
from boss_bot_core.worker.confinement.grants import Grants, grants_of
from boss_bot_core.worker.kernel import die_with_parent
from boss_bot_core.worker.messages import Assignment, DownloadJob

_CHANNEL_FD = 3
_OOM_FIRST = "1000"


def settle(channel: socket.socket, zygote: int) -> socket.socket:
    """Leave the zygote's session and everything it holds open; return the job's socket.

    Args:
        channel: The job's socket; unusable afterwards.
        zygote: The zygote's pid.
    """
    os.setsid()
    die_with_parent(signal.SIGKILL, zygote)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.dup2(channel.detach(), _CHANNEL_FD, inheritable=False)
    os.closerange(_CHANNEL_FD + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    # The kernel's out-of-memory killer takes a worker before the bot or anything else.
    Path("/proc/self/oom_score_adj").write_text(_OOM_FIRST)
    return socket.socket(fileno=_CHANNEL_FD)


def furnish(assignment: Assignment, reporter: Reporter) -> None:
    """Make the job's folder the worker's world, then lock the door.

    Raises:
        OSError: A layer of the confinement that this kernel has could not be put up.
    """
    job = assignment.job
    if isinstance(job, DownloadJob):
        reporter.keep_secret(urlsplit(job.proxy_url).password or "", job.proxy_url)
    capture_output(reporter)
    grants = grants_of(job)
    _inhabit(grants)
    # A fork copies the generator's state: without this every worker would draw the same numbers.
    random.seed()
    tie_programs()
    confine(assignment.confinement, grants, lambda tried: reporter.log("WARNING", tried))


def _inhabit(grants: Grants) -> None:
    home = grants.scratch or Path("/nonexistent")
    if grants.scratch is not None:
        grants.scratch.mkdir(exist_ok=True)
    os.chdir(grants.directory or "/")
    os.environ.update({"HOME": str(home), "TMPDIR": str(home), "XDG_CACHE_HOME": str(home), "PWD": str(Path.cwd())})
    os.environ.pop("XDG_CONFIG_HOME", None)
    tempfile.tempdir = None
