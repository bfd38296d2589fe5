"""The texts of `$health`: one line for everyone, and the details for the bot's owner."""

from datetime import datetime

from boss_bot_core.app.worker_setup import NO_FFMPEG
from boss_bot_core.bot.health import HealthReport
from boss_bot_core.bot.texts import units
from boss_bot_core.domain.progress import DownloadMetrics
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.domain.storage import StorageMetrics
from boss_bot_core.egress import ProxyMetrics


def headline(report: HealthReport) -> str:
    """Return the line that everyone reads."""
    state = "✅ I'm well." if report.is_healthy else "⚠ Something needs the operator."
    return f"{state} Discord {_milliseconds(report.latency_s)} · {report.running} running, {report.waiting} waiting"


def operator_lines(report: HealthReport, now: datetime) -> list[str]:
    """Return the lines that the bot's owner reads."""
    counts = report.bot_metrics
    zygote = f"process {report.zygote_pid}" if report.zygote_pid else "NOT RUNNING, starts again by itself"
    return [
        f"Queue: {report.running} running, {report.waiting} of {report.queue_size} waiting",
        f"Database: {_milliseconds(report.database_s)}",
        f"Disk: {format_size(report.free_bytes)} free, {format_size(report.min_free_bytes)} are kept free",
        *_storage_lines(report.storage, now),
        f"Engines: {zygote}",
        f"Kernel: {report.kernel}",
        f"Plugins: {', '.join(report.plugins) or 'none'}",
        *(f"Plugin {each.name} is not in use: {each.reason}" for each in report.failures),
        *([] if report.has_ffmpeg else [NO_FFMPEG]),
        *([] if report.proxy is None else _proxy_lines(report.proxy)),
        *(f"Plugin {each.plugin}: {each.text}" for each in report.hints),
        *(f"Cookies of {each.plugin}: {each.text}" for each in report.cookies),
        f"Up for {units.format_duration((now - counts.started_at).total_seconds())}",
        f"Discord: {counts.ready} sessions, {counts.disconnected} connections lost, {counts.resumed} resumed",
        f"Servers: {counts.guilds_joined} joined, {counts.guilds_left} left",
        *_download_lines(report.download_metrics),
        f"Commands: {counts.commands} used, {counts.refused} refused, {counts.broken} broke",
    ]


def _storage_lines(metrics: StorageMetrics, now: datetime) -> list[str]:
    errors = [f"{kind.value}: {count} times" for kind, count in metrics.error_counts.items()]
    if metrics.measured_at is None:
        return errors
    used, temp = format_size(metrics.total_space_used), format_size(metrics.temp_space_used)
    stats, count = metrics.cleanup_stats, sum(metrics.downloads_per_guild.values())
    ago = units.format_rough_duration((now - metrics.measured_at).total_seconds())
    return [
        f"Storage: {used} used, {temp} of it unfinished, {units.pluralize(count, 'download')}; cleaned {ago} ago",
        f"Clean-ups: {stats.runs}, {stats.failures} failed; {format_size(stats.freed_bytes)} freed",
        *errors,
    ]


def _proxy_lines(metrics: ProxyMetrics) -> tuple[str, str]:
    received, sent = format_size(metrics.bytes_down), format_size(metrics.bytes_up)
    failed = f"{metrics.refused} refused, {metrics.unreachable} to hosts that could not be reached"
    return (
        f"Proxy: {metrics.requests} requests, {failed}, {metrics.unauthorized} without a credential",
        f"Traffic: {received} received, {sent} sent, {metrics.capped_leases} downloads cut at their limit",
    )


def _download_lines(metrics: DownloadMetrics) -> tuple[str, str]:
    wait, speed = units.format_duration(metrics.queue_wait_time_seconds), units.format_speed(metrics.average_speed_bps)
    ended, failed = metrics.total_downloads, metrics.failed_downloads
    return (
        f"Downloads: {ended} ended, {failed} failed ({metrics.success_rate:.0f}% came)",
        f"Fetched: {format_size(metrics.total_bytes_downloaded)}, {speed}, after {wait} in the queue on average",
    )


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if 0 <= seconds < float("inf") else "not known yet"
