"""What a worker tells, line by line: thinned out, bounded, without secrets."""

import logging
import socket
import sys
from collections.abc import Callable, Iterator

import pytest

from boss_bot_core.errors import ErrorReport
from boss_bot_core.plugin import Described, DownloadResult, FetchedFile, MediaInfo, Progress
from boss_bot_core.worker import DownloadFinished, Event, HookFailed, LogLine
from boss_bot_core.worker.child.output import capture_output
from boss_bot_core.worker.child.reporter import Reporter
from boss_bot_core.worker.messages import decode
from boss_bot_core.worker.messages import events as limits

BROKE = HookFailed(report=ErrorReport(kind="NetworkError", message="m"))
Told = Callable[[], list[Event]]


def _progress(done: int, index: int = 1) -> Progress:
    return Progress(downloaded_bytes=done, file_index=index)


@pytest.fixture
def ends() -> Iterator[tuple[Reporter, Told]]:
    """A reporter, and what it told so far."""
    bot, worker = socket.socketpair()
    bot.setblocking(False)

    def told() -> list[Event]:
        return [decode(line, Event) for line in bot.recv(1_000_000).splitlines()]

    with bot, worker:
        yield Reporter(worker), told


def test_progress_is_thinned_out_and_the_last_of_each_file_is_told(ends: tuple[Reporter, Told]) -> None:
    reporter, told = ends
    for index in (1, 2):
        for done in range(100):
            reporter.report(_progress(done, index))
    reporter.send_result(BROKE)
    assert told() == [_progress(0), _progress(99), _progress(99, 2), BROKE]


def test_a_description_comes_after_the_progress_before_it(ends: tuple[Reporter, Told]) -> None:
    reporter, told = ends
    described = Described(media=MediaInfo(title="t"))
    reporter.report(_progress(0))
    reporter.report(_progress(1))
    reporter.report(described)
    assert told() == [_progress(0), _progress(1), described]


def test_secrets_are_struck_out_of_everything(ends: tuple[Reporter, Told]) -> None:
    reporter, told = ends
    reporter.redact("s3cret", "")
    reporter.log("INFO", "it is s3cret")
    reporter.send_result(HookFailed(report=ErrorReport(kind="NetworkError", message="s3cret", detail="in s3cret")))
    broke = HookFailed(report=ErrorReport(kind="NetworkError", message="***", detail="in ***"))
    assert told() == [LogLine(level="INFO", message="it is ***"), broke]


def test_a_result_that_is_too_long_to_be_told_is_an_error(ends: tuple[Reporter, Told]) -> None:
    reporter, _ = ends
    files = tuple(FetchedFile(path="/x" * 100) for _ in range(5000))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="too long"):
        reporter.send_result(DownloadFinished(result=DownloadResult(files=files)))


def test_texts_are_cut_to_a_sane_length() -> None:
    report = ErrorReport(kind="NetworkError", message="m" * 10**5, detail="d" * 10**5)
    broke = HookFailed(report=report)
    assert (
        len(broke.report.message)
        == len(LogLine(level="INFO", message="x" * 10**5).message)
        == limits.MESSAGE_LIMIT_CHARS
    )
    assert len(broke.report.detail or "") == limits.DETAIL_LIMIT_CHARS


def test_printed_lines_are_told_when_they_end(ends: tuple[Reporter, Told], monkeypatch: pytest.MonkeyPatch) -> None:

    reporter, told = ends
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(sys, stream, None)
    monkeypatch.setattr(logging, "basicConfig", lambda **_: None)
    capture_output(reporter)
    sys.stdout.write("one\ntwo")
    sys.stdout.write(" still two\n\n")
    sys.stderr.write("x" * 10_000 + "\n")
    assert [line.message for line in told() if isinstance(line, LogLine)] == ["one", "two still two", "x" * 2000]
    assert sys.stdout.writable()
