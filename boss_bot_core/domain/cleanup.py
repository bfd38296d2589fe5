"""Clean-ups of storage: their schedule, the result of one run, and the totals of all runs."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

import attrs

from boss_bot_core.domain.clock import to_utc


class CleanupKind(StrEnum):
    """The PRD's three clean-ups."""

    TEMP = "temp"
    """Unfinished downloads: expired, abandoned or left by a crash."""
    MAIN = "main"
    """Stored downloads that are expired, empty folders, and the statistics."""
    DEEP = "deep"
    """Orphaned files, old records, left guilds, the integrity of stored files, compression of logs, and a report."""


@attrs.frozen(kw_only=True)
class CleanupSchedule:
    """When clean-ups run.

    Attributes:
        temp_scan_interval_s: Seconds between two clean-ups of unfinished downloads.
        main_scan_interval_s: Seconds between two clean-ups of stored downloads.
        quiet_hour: The hour of this machine's clock, 0 to 23, from which the daily clean-up may run.
    """

    temp_scan_interval_s: float = 300.0
    main_scan_interval_s: float = 3600.0
    quiet_hour: int = 4

    def is_deep_due(self, last: datetime | None, now: datetime) -> bool:
        """Return whether the quiet hour came after the last daily clean-up, also while the machine slept.

        Args:
            last: When the last one started; None if there was none. After `now` means that the clock was set back.
            now: The present, in the time zone of `quiet_hour`.
        """
        quiet = now.replace(hour=self.quiet_hour, minute=0, second=0, microsecond=0)
        quiet = quiet if quiet <= now else quiet - timedelta(days=1)
        return last is None or last > now or last < quiet


@attrs.frozen(kw_only=True)
class CleanupRun:
    """The result of one clean-up.

    Attributes:
        kind: Which clean-up.
        started_at: Its start, UTC.
        duration_s: Its duration in seconds.
        deleted: Downloads whose files were deleted.
        freed_bytes: Bytes that were freed.
        orphans: Files, and entries of the database without their file, that belonged to nothing and were removed.
        checked: Stored files whose checksum was compared.
        damaged: Stored files that are missing or damaged: each the download's id, the name and the problem.
        compressed_logs: Log files that were compressed.
        history: Records of finished downloads whose retention has ended.
        left_guilds: Guilds that the bot left, and of which everything was deleted.
        failed: What could not be deleted: each a download's id and the reason.
    """

    kind: CleanupKind
    started_at: datetime = attrs.field(converter=to_utc)
    duration_s: float = 0.0
    deleted: int = 0
    freed_bytes: int = 0
    orphans: int = 0
    checked: int = 0
    damaged: tuple[str, ...] = ()
    compressed_logs: int = 0
    history: int = 0
    left_guilds: int = 0
    failed: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class CleanupStats:
    """The totals of all clean-ups, and the last one of each kind.

    Attributes:
        runs: Number of clean-ups.
        deleted: Downloads whose files were deleted.
        freed_bytes: Bytes that were freed.
        failures: Clean-ups that ended with an error, or could not delete something.
        last_runs: The last clean-up of each kind that was one.
    """

    runs: int = 0
    deleted: int = 0
    freed_bytes: int = 0
    failures: int = 0
    last_runs: Mapping[CleanupKind, CleanupRun] = attrs.field(factory=dict)

    def add(self, run: CleanupRun) -> "CleanupStats":
        """Return the totals with a further clean-up."""
        return CleanupStats(
            runs=self.runs + 1,
            deleted=self.deleted + run.deleted,
            freed_bytes=self.freed_bytes + run.freed_bytes,
            failures=self.failures + bool(run.failed),
            last_runs={**self.last_runs, run.kind: run},
        )
