"""Tests for the private PostgreSQL server: it leaves no process and no file behind."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from boss_bot_core.testing.store.databases import find_postgres_programs

HOLDER = """
import pathlib, sys
from boss_bot_core.testing.store.databases import run_private_server
with run_private_server(pathlib.Path(sys.argv[1])) as folder:
    print(folder, flush=True)
    sys.stdin.readline()
"""


@pytest.mark.parametrize("killed", [False, True])
def test_the_server_ends_with_its_parent_process(*, killed: bool) -> None:
    programs = find_postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    command = [sys.executable, "-c", HOLDER, str(programs)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        folder = Path(holder.stdout.readline().strip())
        server = Path("/proc") / (folder / "data" / "postmaster.pid").read_text().split("\n")[0]
        assert server.exists()
        if killed:
            holder.kill()
        else:
            holder.communicate("\n", timeout=60)
    deadline = time.monotonic() + 30
    while (server.exists() or folder.exists()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not server.exists()
    assert not folder.exists()


def test_a_server_that_cannot_start_reports_the_reason() -> None:
    holder = subprocess.run(
        [sys.executable, "-c", HOLDER, "/nowhere"], capture_output=True, text=True, check=False, timeout=60
    )
    assert holder.returncode == 1
    assert "PostgreSQL did not start" in holder.stderr
    assert "initdb: not found" in holder.stderr
