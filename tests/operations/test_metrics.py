"""Tests for the download metrics."""

from datetime import timedelta
from uuid import uuid4

import attrs

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.events import JobCompleted, JobFailed, JobReused, JobStatusChanged
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.operations.metrics import MetricsCollector
from boss_bot_core.testing.store.writes import build_downloaded_file
from tests.pipeline.test_event_bus import build_item

REQUESTED_AT = utc_now()


def test_the_success_rate_without_downloads_is_100_percent() -> None:
    assert MetricsCollector().snapshot().success_rate == 100.0


def test_a_completed_and_a_failed_download_are_counted() -> None:
    metrics = MetricsCollector()
    started = attrs.evolve(
        build_item(),
        status=DownloadStatus.DOWNLOADING,
        created_at=REQUESTED_AT,
        started_at=REQUESTED_AT + timedelta(seconds=4),
        attempt_count=1,
    )
    metrics.record(JobStatusChanged(item=started))
    assert metrics.snapshot().active_downloads == 1
    done = attrs.evolve(started, status=DownloadStatus.COMPLETED, completed_at=REQUESTED_AT + timedelta(seconds=14))
    file = attrs.evolve(build_downloaded_file(done), size_bytes=5000)
    metrics.record(JobCompleted(item=done, files=(file,)))
    failed = attrs.evolve(build_item(), status=DownloadStatus.FAILED)
    error = DownloadError(item_id=failed.id, error_type=ErrorType.NETWORK, message="", timestamp=REQUESTED_AT)
    metrics.record(JobFailed(item=failed, error=error))
    snapshot = metrics.snapshot()
    assert (snapshot.total_downloads, snapshot.failed_downloads, snapshot.success_rate) == (2, 1, 50.0)
    assert (snapshot.average_speed_bps, snapshot.queue_wait_time_seconds) == (500.0, 4.0)
    assert (snapshot.total_bytes_downloaded, snapshot.active_downloads) == (5000, 0)


def test_the_wait_of_a_download_from_storage_counts_although_it_never_downloads() -> None:
    metrics = MetricsCollector()
    started = attrs.evolve(
        build_item(), created_at=REQUESTED_AT, started_at=REQUESTED_AT + timedelta(seconds=4), attempt_count=1
    )
    for status in (DownloadStatus.PROCESSING, DownloadStatus.UPLOADING):
        metrics.record(JobStatusChanged(item=attrs.evolve(started, status=status)))
    assert metrics.snapshot().queue_wait_time_seconds == 4.0
    other = attrs.evolve(started, id=uuid4(), started_at=REQUESTED_AT, status=DownloadStatus.DOWNLOADING)
    metrics.record(JobStatusChanged(item=other))
    assert metrics.snapshot().queue_wait_time_seconds == 2.0, "each download counts once"


def test_files_from_storage_are_a_download_and_no_downloaded_bytes() -> None:
    metrics = MetricsCollector()
    started = attrs.evolve(build_item(), started_at=REQUESTED_AT, attempt_count=1)
    processing = attrs.evolve(started, status=DownloadStatus.PROCESSING)
    done = attrs.evolve(started, status=DownloadStatus.COMPLETED, completed_at=REQUESTED_AT + timedelta(seconds=10))
    completed = JobCompleted(item=done, files=(attrs.evolve(build_downloaded_file(done), size_bytes=5000),))
    metrics.record(JobReused(item=attrs.evolve(started, status=DownloadStatus.DOWNLOADING)))
    for event in (JobStatusChanged(item=processing), JobStatusChanged(item=done), completed):
        metrics.record(event)
    snapshot = metrics.snapshot()
    assert (snapshot.total_downloads, snapshot.total_bytes_downloaded, snapshot.average_speed_bps) == (1, 0, 0.0)
    metrics.record(JobStatusChanged(item=attrs.evolve(started, status=DownloadStatus.DOWNLOADING)))
    metrics.record(completed)
    assert metrics.snapshot().total_bytes_downloaded == 5000, "the same item was fetched with another try"
