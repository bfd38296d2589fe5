"""Ordinary operations of an engine, some of which a confinement layer stops."""

import ctypes
import json
import logging
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from boss_bot_core.plugin import Described, DownloadRequest, MediaInfo, NotFoundError, Progress

LIBC = ctypes.CDLL(None, use_errno=True)


def fetch(request: DownloadRequest) -> str:
    request.report(Described(media=MediaInfo(title="A title")))
    for done in range(1000):
        request.report(Progress(downloaded_bytes=done + 1, total_bytes=1000))
    return "done"


def report_slowly(request: DownloadRequest, times: str = "600") -> str:
    for number in range(int(times)):
        request.report(Progress(downloaded_bytes=number))
        time.sleep(0.1)
    return "done"


def sleep_silently(_: DownloadRequest) -> str:
    time.sleep(60)
    return "done"


def raise_not_found(_: DownloadRequest) -> str:
    raise NotFoundError("It is gone.")


def describe_environment(request: DownloadRequest) -> str:
    print("printed with", request.proxy_url)  # noqa: T201 - to see where it goes
    logging.getLogger("engine").warning("logged with %s", request.proxy_url)
    found = {
        "cwd": str(Path.cwd()),
        "home": str(Path.home()),
        "tmp": tempfile.gettempdir(),
        "environ": dict(os.environ),
        "descriptors": sorted(int(entry.name) for entry in Path("/proc/self/fd").iterdir()),
        "group": os.getpgid(0),
        "session": os.getsid(0),
        "pid": os.getpid(),
        "oom_score_adj": Path("/proc/self/oom_score_adj").read_text().strip(),
        "random": random.random(),
    }
    return json.dumps(found)


def use_settings(request: DownloadRequest[Any]) -> str:
    key = request.settings.api_key
    print("the key is", None if key is None else key.get_secret_value())  # noqa: T201 - to see where it goes
    return f"{request.settings!r} {key is not None and key.get_secret_value()}"


def read_file(_: DownloadRequest, path: str) -> str:
    return "done: " + Path(path).read_bytes()[:2000].decode(errors="replace")


def write_file(_: DownloadRequest, path: str) -> str:
    Path(path).write_text("x")
    return "done"


def write_file_in_c(_: DownloadRequest, path: str) -> str:
    return _checked(LIBC.open(path.encode(), os.O_WRONLY | os.O_CREAT, 0o600))


def connect_tcp(_: DownloadRequest, port: str) -> str:
    socket.create_connection(("127.0.0.1", int(port)), timeout=5).close()
    return "done"


def connect_tcp_in_c(_: DownloadRequest, port: str) -> str:
    made = socket.socket()
    family = int(socket.AF_INET).to_bytes(2, sys.byteorder)
    address = family + int(port).to_bytes(2, "big") + bytes([127, 0, 0, 1]) + bytes(8)
    return _checked(LIBC.connect(made.fileno(), address, len(address)))


def send_udp(_: DownloadRequest, port: str) -> str:
    with socket.socket(type=socket.SOCK_DGRAM) as made:
        made.sendto(b"x", ("127.0.0.1", int(port)))
    return "done"


def create_udp_socket_in_c(_: DownloadRequest) -> str:
    return _checked(LIBC.socket(socket.AF_INET, socket.SOCK_DGRAM, 0))


def connect_unix(_: DownloadRequest, path: str) -> str:
    with socket.socket(socket.AF_UNIX) as made:
        made.connect(path)
    return "done"


def dial(address: str) -> str:
    is_path = address.startswith("/")
    host, _, port = address.rpartition(":")
    with socket.socket(socket.AF_UNIX if is_path else socket.AF_INET) as made:
        made.connect(address if is_path else (host, int(port)))
    return "done"


def look_up_host(_: DownloadRequest, host: str) -> str:
    socket.getaddrinfo(host, 80)
    return "done"


def run_program(_: DownloadRequest, program: str, argument: str) -> str:
    done = subprocess.run([program, *argument.split("|")], capture_output=True, text=True, check=False)
    return f"done: {done.returncode} {done.stdout}{done.stderr}"


def signal_process(_: DownloadRequest, pid: str) -> str:
    os.kill(int(pid), 0)
    return "done"


def change_owner(request: DownloadRequest) -> str:
    path = request.directory / "mine"
    path.touch()
    os.chown(path, 12345, 12345)
    return "done"


def load_library(_: DownloadRequest) -> str:
    ctypes.CDLL("libm.so.6")
    return "done"


def grow_file(request: DownloadRequest, size: str) -> str:
    with (request.directory / "big").open("wb") as file:
        file.truncate(int(size))
    return "done"


def use_http(request: DownloadRequest, url: str) -> str:
    loaded_before = [name for name in ("httpx", "httpcore", "rich", "trio") if name in sys.modules]
    file = request.http.fetch_file(url)
    loaded = [name for name in ("httpx", "httpcore", "rich", "trio") if name in sys.modules]
    return json.dumps({"before": loaded_before, "after": loaded, "size_bytes": file.path.stat().st_size})


def _checked(result: int) -> str:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "done"
