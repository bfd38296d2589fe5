"""Fixtures that provide an empty database for each test, of each supported kind; import them in a conftest.

The PostgreSQL databases run on a private server on a Unix socket, on machines with PostgreSQL's programs.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest

_UNPRIVILEGED = ("postgres", "nobody")
"""PostgreSQL refuses to run as root: the first existing user of these runs it instead."""

_SERVER_SCRIPT = """
trap '"$1/pg_ctl" -D "$2/data" -m immediate stop >/dev/null 2>&1; rm -rf "$2"' EXIT
{ "$1/initdb" -D "$2/data" -U tests -A trust --no-sync &&
  "$1/pg_ctl" -D "$2/data" -w -l "$2/log" -o "-k $2 -c listen_addresses= -c fsync=off" start
} >"$2/said" 2>&1 </dev/null || { tr '\\n' ' ' <"$2/said"; exit 1; }
echo ready
read -r _
"""
"""Runs the server until its input ends, which happens even after a `kill -9` of the tests; then deletes all files."""


def find_postgres_programs() -> Path | None:
    """Return the folder of the newest installed `initdb`, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).parent if program else None


@contextmanager
def run_private_server(programs: Path) -> Iterator[str]:
    """Start a server, yield its socket's folder, and stop it at the end. Its user is `tests`, without a password."""
    account = _find_unprivileged_user()
    user, group = (None, None) if account is None else (account.pw_uid, account.pw_gid)
    # The server's user could not enter pytest's folder.
    folder = Path(tempfile.mkdtemp(prefix="boss-bot-pg-"))
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    command = ["sh", "-c", _SERVER_SCRIPT, "sh", str(programs), str(folder)]
    with subprocess.Popen(  # noqa: S603 - PostgreSQL's programs on this machine
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/", user=user, group=group
    ) as server:
        answer = server.stdout.readline() if server.stdout else ""
        if answer != "ready\n":
            raise RuntimeError(f"PostgreSQL did not start: {answer}")
        yield str(folder)
        server.communicate(timeout=60)


def _find_unprivileged_user() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(names[name] for name in _UNPRIVILEGED if name in names)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The folder with the socket of a private PostgreSQL server; skips the test when PostgreSQL is not installed."""
    programs = find_postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with run_private_server(programs) as folder:
        yield folder


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    with _lend_database(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new SQLite file, then of an empty PostgreSQL database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/queue.db"
    else:
        with _lend_database(request.getfixturevalue("postgres_server")) as url:
            yield url


@contextmanager
def _lend_database(folder: str) -> Iterator[str]:
    """Lend an empty database, and empty it afterwards: the 900 files of a new one take half a second to delete."""
    psycopg = pytest.importorskip("psycopg")
    idle = _idle_databases(folder)
    with psycopg.connect(host=folder, user="tests", dbname="postgres", autocommit=True) as server:
        if not idle:
            idle.append(f"test_{uuid4().hex}")
            server.execute(f'CREATE DATABASE "{idle[-1]}"')
        name = idle.pop()
        yield f"postgresql://tests@/{name}?host={folder}"
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    with psycopg.connect(host=folder, user="tests", dbname=name, autocommit=True) as database:
        database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    idle.append(name)


@cache
def _idle_databases(folder: str) -> list[str]:
    return []
