"""Tests for the dispatcher lock: one dispatcher for each data folder, and the next one after its end."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from boss_bot_core.queue import DispatcherRunningError
from boss_bot_core.queue.dispatcher_lock import DispatcherLock

HOLDER = """
import pathlib, sys
from boss_bot_core.queue.dispatcher_lock import DispatcherLock
with DispatcherLock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
PARENT = """
import pathlib, subprocess, sys
from boss_bot_core.queue.dispatcher_lock import DispatcherLock
child = "import sys; print('child runs', flush=True); sys.stdin.read()"
with DispatcherLock(pathlib.Path(sys.argv[1])):
    subprocess.run([sys.executable, "-c", child], close_fds=False)
"""


def test_the_error_for_a_second_dispatcher_names_the_first(tmp_path: Path) -> None:
    path = tmp_path / ".locks" / "dispatcher"
    with DispatcherLock(path), pytest.raises(DispatcherRunningError) as caught, DispatcherLock(path):
        pass
    assert re.fullmatch(
        rf"Another boss-bot \(process {os.getpid()}, since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC\)"
        r" already works on this data folder; stop it first\.",
        str(caught.value),
    )


def test_a_released_lock_can_be_acquired_again(tmp_path: Path) -> None:
    lock = DispatcherLock(tmp_path / "dispatcher")
    for _ in range(2):
        with lock:
            assert (tmp_path / "dispatcher").read_text().startswith(f"process {os.getpid()},")


def test_a_killed_process_releases_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "dispatcher"
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(DispatcherRunningError, match=f"process {holder.pid},"), DispatcherLock(path):
            pass
        holder.kill()
        holder.wait()
    with DispatcherLock(path):
        assert str(os.getpid()) in path.read_text()


def test_a_child_process_does_not_hold_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "dispatcher"
    command = [sys.executable, "-c", PARENT, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "child runs\n"
        holder.kill()
        holder.wait()
        with DispatcherLock(path):
            pass
