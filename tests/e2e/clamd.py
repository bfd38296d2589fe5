"""Starts a real clamd on a Unix socket and on loopback TCP, with a database of signatures that the tests write."""

import os
import shutil
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import attrs
import pytest

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
OWN_SIGNATURE = b"boss-bot's own signature"
STREAM_LIMIT_MB = 2

_CONFIG = """
Foreground yes
User {user}
LocalSocket {folder}/clamd.ctl
TCPSocket {port}
TCPAddr 127.0.0.1
DatabaseDirectory {folder}/signatures
StreamMaxLength {limit}M
AlertExceedsMax yes
ConcurrentDatabaseReload no
"""


@attrs.frozen
class Clamd:
    """A running clamd.

    Attributes:
        process: Its process.
        unix_address: Its socket.
        tcp_address: Its address on loopback.
    """

    process: subprocess.Popen[bytes]
    unix_address: str
    tcp_address: str

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait()


def start_clamd(folder: Path) -> Clamd:
    """Start clamd and wait until it answers."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("clamd is missing: apt-get install clamav-daemon")
        pytest.skip("clamd is missing: apt-get install clamav-daemon")
    signatures = folder / "signatures"
    signatures.mkdir(parents=True)
    lines = (f"Eicar-Test-Signature:0:*:{EICAR.hex()}", f"BossBot.Own:0:*:{OWN_SIGNATURE.hex()}")
    (signatures / "own.ndb").write_text("".join(f"{line}\n" for line in lines))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Root starts clamd as itself: another user could not enter the folder of the test.
    user = subprocess.run(["id", "-un"], check=True, capture_output=True, text=True).stdout.strip()
    (folder / "clamd.conf").write_text(_CONFIG.format(user=user, folder=folder, port=port, limit=STREAM_LIMIT_MB))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, f"--config-file={folder / 'clamd.conf'}"], stdout=log, stderr=log)
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"zPING\0")
            if connection.recv(16).startswith(b"PONG"):
                return Clamd(process, str(folder / "clamd.ctl"), f"127.0.0.1:{port}")
        time.sleep(0.05)
    process.kill()
    process.wait()
    pytest.fail((folder / "log").read_text())
