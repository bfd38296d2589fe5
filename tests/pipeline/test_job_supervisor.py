"""Tests of how a job ends that another exception than an error of ours ended."""

import asyncio

import pytest

from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.testing.store.base import build_new_download
from tests.pipeline.test_dispatcher import TIMEOUT_S, QueueHarness, cancel_dispatcher, harness

__all__ = ["harness"]


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (
            TypeError("in the pipeline"),
            DownloadStatus.FAILED,
            "The bot has a bug (TypeError). This is a bug: tell the bot's operator the job's id.",
        ),
        (
            RuntimeError("a lost connection"),
            DownloadStatus.QUEUED,
            "Something broke on my side. Try again later; if it stays, tell the bot's operator the job's id.",
        ),
    ],
)
async def test_a_bug_in_the_pipeline_is_not_retried_and_any_other_accident_is(
    harness: QueueHarness, error: Exception, status: DownloadStatus, message: str
) -> None:
    async def fail(_: RunningJob) -> None:
        raise error

    item = await harness.queue.submit(build_new_download())
    dispatcher = harness.start(fail)
    async with asyncio.timeout(TIMEOUT_S):
        while (current := await harness.queue.reader.get(item.id)).error_message is None:
            await asyncio.sleep(0.01)
    await cancel_dispatcher(dispatcher)
    assert (current.status, current.error_message) == (status, message)
