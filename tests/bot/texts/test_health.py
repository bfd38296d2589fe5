"""The details that `$health` shows to the bot's owner."""

from datetime import UTC, datetime, timedelta

from boss_bot_core.app.worker_setup import NO_FFMPEG
from boss_bot_core.bot.health import HealthReport
from boss_bot_core.bot.metrics import BotMetrics
from boss_bot_core.bot.texts.health import operator_lines
from boss_bot_core.domain.cleanup import CleanupStats
from boss_bot_core.domain.progress import DownloadMetrics
from boss_bot_core.domain.storage import StorageErrorKind, StorageMetrics
from boss_bot_core.egress import ProxyMetrics
from boss_bot_core.plugin.health import HealthHint
from boss_bot_core.worker.confinement.kernel_support import detect_kernel_support

MB = 1024 * 1024
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_the_details_show_every_metric_of_downloads_and_proxy() -> None:
    report = HealthReport(
        latency_s=0.05,
        running=1,
        waiting=2,
        queue_size=50,
        database_s=0.001,
        zygote_pid=7,
        kernel=detect_kernel_support(),
        plugins=("twitter",),
        failures=(),
        hints=(HealthHint(plugin="twitter", text="There are no cookies."),),
        free_bytes=2 * MB,
        min_free_bytes=MB,
        bot_metrics=BotMetrics(started_at=NOW),
        has_ffmpeg=False,
        proxy=ProxyMetrics(
            bytes_down=3 * MB, bytes_up=MB, requests=9, unauthorized=1, refused=2, unreachable=3, capped_leases=4
        ),
        download_metrics=DownloadMetrics(
            total_downloads=8,
            failed_downloads=2,
            average_speed_bps=3 * MB,
            total_bytes_downloaded=90 * MB,
            queue_wait_time_seconds=65,
        ),
        storage=StorageMetrics(
            total_space_used=90 * MB,
            temp_space_used=20 * MB,
            downloads_per_guild={7: 3, 8: 1},
            cleanup_stats=CleanupStats(runs=9, freed_bytes=5 * MB),
            error_counts={StorageErrorKind.DISK_FULL: 2},
            measured_at=NOW - timedelta(minutes=3),
        ),
    )
    lines = operator_lines(report, NOW)
    assert lines[3:6] == [
        "Storage: 90.0 MB used, 20.0 MB of it unfinished, 4 downloads; cleaned 3 minutes ago",
        "Clean-ups: 9, 0 failed; 5.0 MB freed",
        "Insufficient disk space: 2 times",
    ]
    assert lines[-3:-1] == [
        "Downloads: 8 ended, 2 failed (75% came)",
        "Fetched: 90.0 MB, 3.0 MB/s, after 1m 05s in the queue on average",
    ]
    assert lines[9] == NO_FFMPEG
    assert lines[12] == "Plugin twitter: There are no cookies."
    assert lines[10:12] == [
        "Proxy: 9 requests, 2 refused, 3 to hosts that could not be reached, 1 without a credential",
        "Traffic: 3.0 MB received, 1.0 MB sent, 4 downloads cut at their limit",
    ]
