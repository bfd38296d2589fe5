"""The history in `metadata.json`: each step has its own time, and the attempts are told."""

from boss_bot_core.domain.status import DownloadStatus
from tests.pipeline.conftest import AppHarness


async def test_each_step_has_its_own_time_and_the_attempts_are_told(harness: AppHarness) -> None:
    item = await harness.submit("flaky/503/2/clip.mp4")
    done = await harness.wait_until(item, lambda current: current.is_finished)
    record = await harness.app.service.read_record(done)
    assert (done.status, record is not None) == (DownloadStatus.COMPLETED, True)
    assert record is not None
    assert record.attempts == done.attempt_count
    assert [entry.action for entry in record.history] == ["downloaded", "verified", "organised", "delivered"]
    times = [entry.at for entry in record.history]
    assert done.started_at is not None
    assert done.completed_at is not None
    assert [done.started_at, *times, done.completed_at] == sorted({done.started_at, *times, done.completed_at})
    assert record.history[0].detail == f"by {record.plugin}, attempt {done.attempt_count} of 3"
