"""Operations of a broken or malicious engine that attack the bot."""

import ctypes
import os
import signal
import subprocess
import sys
import time

from boss_bot_core.plugin import DownloadRequest, DownloadResult, FetchedFile, Progress

CHANNEL = 3
"""The file descriptor of a worker's socket."""


def segfault(_: DownloadRequest) -> str:
    ctypes.string_at(0)
    return "done"


def raise_exit(_: DownloadRequest) -> str:
    raise SystemExit(0)


def raise_bug(_: DownloadRequest) -> str:
    raise KeyError("an unforeseen bug")


def exit_process(_: DownloadRequest) -> str:
    os._exit(0)


def loop_forever(_: DownloadRequest) -> str:
    while True:
        pass


def allocate_memory(_: DownloadRequest, mebibytes: str) -> str:
    kept = [bytearray(b"x" * 2**20) for _ in range(int(mebibytes))]
    time.sleep(30)
    return str(len(kept))


def flood_output(_: DownloadRequest) -> str:
    for number in range(200_000):
        print("line", number)  # noqa: T201
    print("x" * 50_000_000)  # noqa: T201
    return "done"


def flood_events(_: DownloadRequest) -> str:
    line = b'{"downloaded_bytes":1,"_type":"Progress"}\n'
    while True:
        os.write(CHANNEL, line * 500)


def send_line(_: DownloadRequest, text: str) -> str:
    os.write(CHANNEL, text.encode() + b"\n")
    time.sleep(30)
    return "done"


def send_endless_line(_: DownloadRequest) -> str:
    while True:
        os.write(CHANNEL, b"x" * 65536)


def send_partial_line(_: DownloadRequest) -> str:
    os.write(CHANNEL, b'{"_type":"Progress"')
    time.sleep(30)
    return "done"


def die_within_line(_: DownloadRequest) -> str:
    os.write(CHANNEL, b'{"_type":"Progress"')
    os._exit(0)


def return_link(request: DownloadRequest, target: str, kind: str) -> DownloadResult:
    path = request.directory / "link"
    make = os.symlink if kind == "symbolic" else os.link
    make(target.replace("DIR", str(request.directory)), path)
    return DownloadResult(files=(FetchedFile(path=path),))


def return_invalid_path(_: DownloadRequest) -> DownloadResult:
    return DownloadResult(files=(FetchedFile(path=12),))  # type: ignore[arg-type]  # as an untyped plugin would


def leave_children(request: DownloadRequest, session: str) -> str:
    """Leave a child and an orphan behind, in their own sessions if `session` is "own", and write down their pids."""
    own = session == "own"
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    child = subprocess.Popen(sleeper, start_new_session=own).pid
    reading, writing = os.pipe()
    if (middle := os.fork()) == 0:
        if own:
            os.setsid()
        if (orphan := os.fork()) == 0:
            signal.pause()
        os.write(writing, str(orphan).encode())
        os._exit(0)
    os.waitpid(middle, 0)
    (request.directory / "pids").write_text(f"{child} {int(os.read(reading, 20))}")
    request.report(Progress(downloaded_bytes=1))
    time.sleep(60)
    return "done"
