"""A PostgreSQL server of the tests' own, on a Unix socket, for machines that have its programs."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_UNPRIVILEGED = ("postgres", "nobody")
"""PostgreSQL refuses to run as root; the first of these that exists runs it then."""


def find_programs() -> Path | None:
    """Return the folder of the newest installed `initdb`, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).parent if program else None


@contextmanager
def private_server(programs: Path) -> Iterator[str]:
    """Start a server, give its socket's folder, and stop it at the end. Its user is `tests`, without a password."""
    runner = _runner()
    # Not pytest's folder: the user who runs the server could not enter it.
    folder = Path(tempfile.mkdtemp(prefix="boss-bot-pg-"))
    try:
        if runner is not None:
            os.chown(folder, runner.pw_uid, runner.pw_gid)
        data, log = folder / "data", folder / "log"
        _run([programs / "initdb", "--pgdata", data, "--username", "tests", "--auth", "trust", "--no-sync"], runner)
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        control: list[str | Path] = [programs / "pg_ctl", "--pgdata", data, "--wait"]
        _run([*control, "--log", log, "--options", options, "start"], runner)
        try:
            yield str(folder)
        finally:
            _run([*control, "--mode", "immediate", "stop"], runner)
    finally:
        shutil.rmtree(folder)


def _runner() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(names[name] for name in _UNPRIVILEGED if name in names)


def _run(command: Sequence[str | Path], runner: pwd.struct_passwd | None) -> None:
    user, group = (None, None) if runner is None else (runner.pw_uid, runner.pw_gid)
    subprocess.run(  # noqa: S603 - the machine's own programs, found by us
        command, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=60, user=user, group=group
    )
