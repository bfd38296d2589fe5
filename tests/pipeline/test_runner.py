"""What a finished job tells, out of its files and their receipts."""

from boss_bot_core.delivery import Receipt
from boss_bot_core.domain.media import SkippedFile
from boss_bot_core.pipeline.runner import CompletedRun
from tests.delivery.factories import build_files


def test_what_was_left_out_is_kept_but_not_told_as_delivered() -> None:
    files = build_files(1, 2, 3)
    finished = CompletedRun(
        files=files,
        receipts=(
            Receipt(position=0, reference="77"),
            Receipt(position=1, reference="/data/2", left_out="too large"),
            Receipt(position=2, reference="77"),
        ),
        missing=(SkippedFile(name="4.jpg", reason="gone"),),
    )
    assert finished.delivered == (files[0], files[2])
    assert finished.references == ("77",)
    assert finished.skipped == (
        SkippedFile(name="4.jpg", reason="gone"),
        SkippedFile(name="file_2.mp4", reason="too large"),
    )
