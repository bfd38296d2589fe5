"""The lines of `$health` about the metrics of storage, proxy and downloads."""

from datetime import datetime

from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.language import ngettext
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.sentences import translate
from boss_bot_core.bot.texts.units import format_bytes
from boss_bot_core.domain.progress import DownloadMetrics
from boss_bot_core.domain.storage import StorageMetrics
from boss_bot_core.egress import ProxyMetrics


def storage_lines(metrics: StorageMetrics, now: datetime) -> list[str]:
    """Return what is stored, what the clean-ups did, and the errors of the disk."""
    errors = []
    for kind, times in metrics.error_counts.items():
        line = ngettext("{error}: {count} time", "{error}: {count} times", times)
        errors.append(line.format(error=translate(kind.value), count=times))
    if metrics.measured_at is None:
        return errors
    stats, count = metrics.cleanup_stats, sum(metrics.downloads_per_guild.values())
    storage = ngettext(
        "Storage: {used} used, {temp} of it unfinished, {count} download; cleaned {duration} ago",
        "Storage: {used} used, {temp} of it unfinished, {count} downloads; cleaned {duration} ago",
        count,
    )
    return [
        storage.format(
            used=format_bytes(metrics.total_space_used),
            temp=format_bytes(metrics.temp_space_used),
            count=count,
            duration=units.format_rough_duration((now - metrics.measured_at).total_seconds()),
        ),
        _("Clean-ups: {count}, {failed} failed; {size} freed").format(
            count=stats.runs, failed=stats.failures, size=format_bytes(stats.freed_bytes)
        ),
        *errors,
    ]


def proxy_lines(metrics: ProxyMetrics) -> tuple[str, str]:
    """Return what the proxy of the workers let through and refused."""
    requests = _(
        "Proxy: {count} requests, {refused} refused, {unreachable} to hosts that could not be reached, "
        "{unauthorized} without a credential"
    )
    traffic = _("Traffic: {received} received, {sent} sent, {capped} downloads cut at their limit")
    return (
        requests.format(
            count=metrics.requests,
            refused=metrics.refused,
            unreachable=metrics.unreachable,
            unauthorized=metrics.unauthorized,
        ),
        traffic.format(
            received=format_bytes(metrics.bytes_down),
            sent=format_bytes(metrics.bytes_up),
            capped=metrics.capped_leases,
        ),
    )


def download_lines(metrics: DownloadMetrics) -> tuple[str, str]:
    """Return how the downloads ended, and how fast they were."""
    ended = _("Downloads: {ended} ended, {failed} failed ({percent}% came)")
    delivered = _("Fetched: {size}, {speed}, after {duration} in the queue on average")
    return (
        ended.format(
            ended=metrics.total_downloads, failed=metrics.failed_downloads, percent=f"{metrics.success_rate:.0f}"
        ),
        delivered.format(
            size=format_bytes(metrics.total_bytes_downloaded),
            speed=units.format_speed(metrics.average_speed_bps),
            duration=units.format_duration(metrics.queue_wait_time_seconds),
        ),
    )


def format_latency(seconds: float) -> str:
    """Return a short time in milliseconds; a negative or endless one is not known."""
    return f"{seconds * 1000:.0f} ms" if 0 <= seconds < float("inf") else str(units.NOT_KNOWN)
