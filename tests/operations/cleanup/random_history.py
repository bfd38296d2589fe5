"""A model of downloads, crashes, clock jumps and clean-ups, and the real storage that must agree with it."""

import os
import sys
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs

from boss_bot_core.domain.clock_history import ClockReading
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import FINISHED, DownloadStatus

CHANGES = frozenset({"open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir"})


class SimulatedCrash(BaseException):
    """The process ends here: no handler of an exception may continue, as after SIGKILL."""


@attrs.define
class CrashPoint:
    """Raises before one of the next file operations below a folder."""

    root: str = ""
    left: int | None = None

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        """Count a file operation; `shutil.rmtree` names the files relative to an open folder."""
        if self.left is None or event not in CHANGES:
            return
        name = str(args[0])
        if name.startswith(os.sep) and not name.startswith(self.root):
            return
        if self.left == 0:
            raise SimulatedCrash
        self.left -= 1

    @contextmanager
    def armed(self, root: Path, operations: int | None) -> Iterator[None]:
        """Crash before the operation with this number, from 0; None never crashes."""
        self.root, self.left = str(root), operations
        try:
            yield
        finally:
            self.left = None


CRASH = CrashPoint()


def install_crash_point() -> CrashPoint:
    """Return the crash point of this process; Python cannot remove an audit hook again."""
    if not CRASH.root:
        CRASH.root = os.sep
        sys.addaudithook(CRASH.audit)
    return CRASH


@attrs.define
class SimulatedTime:
    """Time that passes only on request, a clock that can be set, and the times of files on that clock.

    The kernel writes the real time into files. Each real time is translated into what the simulated clock showed then.
    """

    probe: Path
    passed: timedelta = timedelta(0)
    wrong: timedelta = timedelta(0)
    booted: timedelta = timedelta(0)
    boots: int = 1
    has_jumped: bool = False
    _starts: list[float] = attrs.field(factory=lambda: [0.0])
    _shown: list[datetime] = attrs.field(factory=lambda: [datetime(2026, 11, 30, 12, tzinfo=UTC)])

    @property
    def wall(self) -> datetime:
        return self._shown[0] + self.passed + self.wrong

    def read(self) -> ClockReading:
        return ClockReading(
            wall=self.wall, uptime_s=(self.passed - self.booted).total_seconds(), boot_id=str(self.boots)
        )

    def change(self, *, passed: timedelta = timedelta(0), wrong: timedelta | None = None) -> None:
        self.passed += passed
        if wrong is not None:
            self.wrong, self.has_jumped = wrong, True
        before = self._starts[-1]
        # The kernel's times of files have a coarse grain: wait for the next one, which takes some milliseconds.
        while True:
            self.probe.write_bytes(b"")
            self.probe.chmod(0o600)
            if (now := self.probe.stat().st_ctime) > before:
                break
        self._starts.append(now)
        self._shown.append(self.wall)

    def translate(self, changed_at: float) -> datetime:
        return self._shown[bisect_right(self._starts, changed_at) - 1]

    def find_last_change(self, folder: Path) -> datetime:
        """Stand in for the function of the same name, which reads the kernel's times."""
        return max(self.translate_path(path) for path in (folder, *folder.rglob("*")))

    def translate_path(self, path: Path) -> datetime:
        status = path.lstat()
        changed_at = self.translate(status.st_ctime)
        return changed_at if path.is_dir() else min(changed_at, self.translate(status.st_mtime))


@attrs.define
class ModelItem:
    """What the model knows of one download.

    Attributes:
        item: Its row in the queue.
        content: What its worker fetches.
        kept: How long its delivered files stay.
        is_retryable: Whether it failed and may be tried again.
        temp_since: When its temporary files were written, in passed time; None without any.
        stored_since: When its files were stored; None when they were not, or when a crash makes that uncertain.
    """

    item: DownloadItem
    content: bytes
    kept: timedelta
    is_retryable: bool = False
    temp_since: timedelta | None = None
    stored_since: timedelta | None = None

    @property
    def is_alive(self) -> bool:
        return self.item.status not in FINISHED

    def needs_temp(self, now: timedelta) -> bool:
        if self.temp_since is None or self.item.status is DownloadStatus.COMPLETED:
            return False
        period = timedelta(hours=6) if self.is_retryable else timedelta(minutes=30)
        return self.is_alive or now - self.temp_since < period

    def needs_stored(self, now: timedelta) -> bool:
        if self.stored_since is None:
            return False
        period = self.kept if self.item.status is DownloadStatus.COMPLETED else timedelta(hours=6)
        return self.is_alive or now - self.stored_since < period
