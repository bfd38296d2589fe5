"""The output of `boss-bot storage report`: tables with bars for people, and an object for JSON."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import attrs
import typer

from boss_bot_core.cli.output import print_bars, print_table
from boss_bot_core.domain.cleanup import CleanupKind, CleanupRun
from boss_bot_core.domain.clock import format_local_time, utc_now
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.domain.storage import StorageMetrics
from boss_bot_core.storage.usage import SpaceUse, StoredDownload
from boss_bot_core.storage.usage_report import UsageGroup, UsageReport, build_usage_report


@attrs.frozen(kw_only=True)
class StorageReport:
    """The state of storage.

    Attributes:
        downloads: Every stored download.
        space: The space in use.
        metrics: The metrics of the last clean-up.
        now: The time of the report, UTC.
    """

    downloads: tuple[StoredDownload, ...]
    space: SpaceUse
    metrics: StorageMetrics
    now: datetime = attrs.field(factory=utc_now)

    @property
    def usage(self) -> UsageReport:
        """The downloads in groups."""
        return build_usage_report(self.downloads, self.now)

    def build_object(self) -> dict[str, object]:
        """Return the object for JSON."""
        usage, stats = self.usage, self.metrics.cleanup_stats
        return {
            "stored_bytes": self.space.stored_bytes,
            "temp_bytes": self.space.temp_bytes,
            "by_server": _build_objects(usage.guilds),
            "by_type": _build_objects(usage.types),
            "by_age": _build_objects(usage.ages),
            "expires_within": _build_objects(usage.expiries),
            "errors": {kind.name.lower(): count for kind, count in self.metrics.error_counts.items()},
            "cleanups": {
                "runs": stats.runs,
                "deleted": stats.deleted,
                "freed_bytes": stats.freed_bytes,
                "failures": stats.failures,
                "last": {kind.value: build_run_object(run) for kind, run in stats.last_runs.items()},
            },
        }


def print_report(report: StorageReport) -> None:
    """Print the report for people; the bars only where a terminal shows them."""
    usage = report.usage
    typer.echo(
        f"Stored: {format_size(report.space.stored_bytes)} in {len(report.downloads)} downloads; "
        f"unfinished: {format_size(report.space.temp_bytes)}."
    )
    for title, groups in (
        ("server", usage.guilds),
        ("type", usage.types),
        ("stored for up to", usage.ages),
        ("expires within", usage.expiries),
    ):
        if groups:
            print_bars((title, "downloads", "size"), [(each.label, each.count, each.size_bytes) for each in groups])
    runs = report.metrics.cleanup_stats.last_runs
    if runs:
        print_table(("last clean-up", "when", "what it did"), _build_run_rows(runs, report.now))
    for kind, count in report.metrics.error_counts.items():
        typer.echo(f"{kind.value}: {count} times since the bot's start.")


def describe_run(run: CleanupRun) -> str:
    """Return what a clean-up did, as one sentence with a line for each problem."""
    done = f"{run.deleted} downloads deleted, {format_size(run.freed_bytes)} freed"
    if run.kind is CleanupKind.DEEP:
        removed = f"{run.orphans} orphans and {run.history} old records removed, {run.left_guilds} servers forgotten"
        done = f"{run.checked} files checked, {removed}, {run.compressed_logs} logs compressed"
    return "\n".join((f"{run.kind.value}: {done}.", *run.failed, *run.damaged))


def build_run_object(run: CleanupRun) -> dict[str, object]:
    """Return a clean-up as an object for JSON."""
    return attrs.asdict(run) | {"kind": run.kind.value, "started_at": run.started_at.isoformat()}


def _build_run_rows(runs: Mapping[CleanupKind, CleanupRun], now: datetime) -> Iterable[tuple[str, ...]]:
    for kind, run in runs.items():
        yield kind.value, format_local_time(run.started_at, now), describe_run(run).partition(": ")[2]


def _build_objects(groups: Iterable[UsageGroup]) -> list[dict[str, object]]:
    return [attrs.asdict(group) for group in groups]
