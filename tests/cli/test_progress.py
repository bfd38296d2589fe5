"""The progress that `boss-bot get` prints without a terminal."""

import io
import re
from datetime import timedelta
from uuid import UUID

import attrs
import pytest

from boss_bot_core.cli.get.progress import PlainProgress, choose_display
from boss_bot_core.cli.get.progress_bars import BarProgress
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.events import JobRetryScheduled, JobReused, JobStatusChanged
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import NetworkError
from boss_bot_core.pipeline.job_outcome import build_error
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import build_new_download

ITEM = attrs.evolve(to_item(build_new_download(), utc_now()), id=UUID("a1b2c3" + "0" * 26), attempt_count=1)


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "150")


class Output(io.StringIO):
    """A standard error that is a terminal, or is none."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


@pytest.mark.parametrize("kind", [PlainProgress, BarProgress])
def test_a_scheduled_retry_shows_its_time_and_its_reason_once(kind: type[PlainProgress | BarProgress]) -> None:
    output = Output(is_terminal=kind is BarProgress)
    display = choose_display(output)
    assert isinstance(display, kind)
    until = utc_now() + timedelta(seconds=90)
    waiting = attrs.evolve(ITEM, not_before=until, error_type=ErrorType.NETWORK, error_message="No way.")
    with display:
        display.show(JobStatusChanged(item=waiting))
        display.show(JobRetryScheduled(item=waiting, error=build_error(ITEM, NetworkError("No way."))))
    (line,) = re.findall(
        r"#a1b2c3 queued +until (?:\S+ )?(\S+) \((\d+) s\), then attempt 2 of 4: No way\.", output.getvalue()
    )
    assert line[0] == until.astimezone().strftime("%H:%M:%S")
    assert 60 < int(line[1]) <= 90


@pytest.mark.parametrize("kind", [PlainProgress, BarProgress])
def test_files_from_storage_are_shown_as_such_and_not_as_downloading(kind: type[PlainProgress | BarProgress]) -> None:
    output = Output(is_terminal=kind is BarProgress)
    running = attrs.evolve(ITEM, status=DownloadStatus.DOWNLOADING)
    with choose_display(output) as display:
        display.show(JobReused(item=running))
        for status in (DownloadStatus.PROCESSING, DownloadStatus.UPLOADING, DownloadStatus.COMPLETED):
            display.show(JobStatusChanged(item=attrs.evolve(running, status=status)))
    if kind is PlainProgress:
        lines = [line.removesuffix(ITEM.url).split(maxsplit=1)[1].rstrip() for line in output.getvalue().splitlines()]
        assert lines == ["from storage", "completed"]
    assert "uploading" not in output.getvalue()
    assert "downloading" not in output.getvalue()
