"""A small disk for `boss-bot`: a file system in memory, in namespaces of its own, for which no privilege is needed."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest

_MOUNT = 'mount -t tmpfs -o size="$1" tmpfs "$2" && echo mounted && exec sleep infinity'


@attrs.frozen
class SmallDisk:
    """A mounted disk, which only commands that begin with `prefix` see.

    Attributes:
        folder: Where it is mounted.
        prefix: What runs a command beside it.
    """

    folder: Path
    prefix: tuple[str, ...]

    def run(self, *command: str) -> str:
        """Run a command beside the disk and return what it printed."""
        done = subprocess.run([*self.prefix, *command], check=False, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def wait_for(self, folder: Path, pattern: str) -> None:
        """Wait until there is a file that is not empty."""
        find = f"until find '{folder}' -name '{pattern}' -size +0 | grep -q .; do sleep 0.05; done"
        self.run("sh", "-c", find)

    def make_read_only(self) -> None:
        """Refuse every write from now on."""
        self.run("mount", "-o", "remount,ro", str(self.folder))

    def fill(self, path: Path) -> None:
        """Write a file until nothing more fits."""
        self.run("sh", "-c", f"mkdir -p '{path.parent}' && ! dd if=/dev/zero of='{path}' bs=4k 2>/dev/null")


@contextmanager
def mount_small_disk(folder: Path, size_bytes: int) -> Iterator[SmallDisk]:
    """Mount a disk at `folder` during the block; skip the test where the kernel refuses user namespaces."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        "unshare",
        "--user",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        _MOUNT,
        "sh",
        str(size_bytes),
        str(folder),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as holder:
        try:
            assert holder.stdout is not None
            if holder.stdout.readline() != "mounted\n":
                pytest.skip("this kernel gives no user namespace")
            prefix = ("nsenter", f"--target={holder.pid}", "--user", "--mount", "--preserve-credentials", "--")
            yield SmallDisk(folder, prefix)
        finally:
            holder.kill()
