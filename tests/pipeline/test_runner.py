"""Tests for the result of a completed run, from its files and receipts."""

from boss_bot_core.delivery import Receipt
from boss_bot_core.domain.media import SkippedFile
from boss_bot_core.pipeline.runner import CompletedRun
from tests.delivery.factories import build_files


def test_files_that_were_left_out_are_stored_but_not_listed_as_delivered() -> None:
    files = build_files(1, 2, 3)
    run = CompletedRun(
        files=files,
        receipts=(
            Receipt(position=0, reference="77"),
            Receipt(position=1, reference="/data/2", left_out="too large"),
            Receipt(position=2, reference="77"),
        ),
        missing=(SkippedFile(name="4.jpg", reason="gone"),),
    )
    assert run.delivered == (files[0], files[2])
    assert run.references == ("77",)
    assert run.skipped == (
        SkippedFile(name="4.jpg", reason="gone"),
        SkippedFile(name="file_2.mp4", reason="too large"),
    )
