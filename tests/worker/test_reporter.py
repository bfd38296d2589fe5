"""Tests of the events that a worker sends: throttled, limited in number and length, and without secrets."""

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

FAILED = HookFailed(report=ErrorReport(kind="NetworkError", message="m"))
ReadEvents = Callable[[], list[Event]]


def _progress(done: int, index: int = 1) -> Progress:
    return Progress(downloaded_bytes=done, file_index=index)


@pytest.fixture
def reporter_and_events() -> Iterator[tuple[Reporter, ReadEvents]]:
    """A reporter, and a function that reads the events that it has sent so far."""
    bot, worker = socket.socketpair()
    bot.setblocking(False)

    def read_events() -> list[Event]:
        return [decode(line, Event) for line in bot.recv(1_000_000).splitlines()]

    with bot, worker:
        yield Reporter(worker, lambda: "trial"), read_events


def test_progress_is_throttled_and_the_last_of_each_file_is_sent(
    reporter_and_events: tuple[Reporter, ReadEvents],
) -> None:
    reporter, read_events = reporter_and_events
    for index in (1, 2):
        for done in range(100):
            reporter.report(_progress(done, index))
    reporter.send_result(FAILED)
    assert read_events() == [_progress(0), _progress(99), _progress(99, 2), FAILED]


def test_a_description_is_sent_after_the_progress_before_it(reporter_and_events: tuple[Reporter, ReadEvents]) -> None:
    reporter, read_events = reporter_and_events
    described = Described(media=MediaInfo(title="t"))
    reporter.report(_progress(0))
    reporter.report(_progress(1))
    reporter.report(described)
    assert read_events() == [_progress(0), _progress(1), described]


def test_secrets_are_redacted_in_every_event(reporter_and_events: tuple[Reporter, ReadEvents]) -> None:
    reporter, read_events = reporter_and_events
    reporter.add_secrets("s3cret", "")
    reporter.log("INFO", "it is s3cret")
    reporter.send_result(HookFailed(report=ErrorReport(kind="NetworkError", message="s3cret", detail="in s3cret")))
    failed = HookFailed(report=ErrorReport(kind="NetworkError", message="***", detail="in ***"))
    assert read_events() == [LogLine(level="INFO", message="it is ***", plugin="trial"), failed]


def test_a_secret_that_names_a_field_or_is_escaped_leaves_the_message_readable(
    reporter_and_events: tuple[Reporter, ReadEvents],
) -> None:
    reporter, read_events = reporter_and_events
    reporter.add_secrets("message", "LogLine", 'ü"word')
    reporter.log("INFO", 'a message with ü"word')
    assert read_events() == [LogLine(level="INFO", message="a *** with ***")]


def test_a_result_that_exceeds_the_line_limit_raises_an_error(reporter_and_events: tuple[Reporter, ReadEvents]) -> None:
    reporter, _ = reporter_and_events
    files = tuple(FetchedFile(path="/x" * 100) for _ in range(5000))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="too long"):
        reporter.send_result(DownloadFinished(result=DownloadResult(files=files)))


def test_long_texts_are_clipped() -> None:
    report = ErrorReport(kind="NetworkError", message="m" * 10**5, detail="d" * 10**5)
    failed = HookFailed(report=report)
    assert (
        len(failed.report.message)
        == len(LogLine(level="INFO", message="x" * 10**5).message)
        == limits.MESSAGE_LIMIT_CHARS
    )
    assert len(failed.report.detail or "") == limits.DETAIL_LIMIT_CHARS


def test_a_clipped_text_never_ends_or_starts_with_half_a_secret() -> None:
    line = LogLine(level="INFO", message="x" * (limits.MESSAGE_LIMIT_CHARS - 5) + " token-of-the-operator")
    assert line.message == "x" * (limits.MESSAGE_LIMIT_CHARS - 5)
    detail = "token-of-the-operator\n" + "x" * (limits.DETAIL_LIMIT_CHARS - 5)
    failed = HookFailed(report=ErrorReport(kind="NetworkError", message="m", detail=detail))
    assert failed.report.detail == "x" * (limits.DETAIL_LIMIT_CHARS - 5)


def test_printed_lines_are_sent_when_they_are_complete(
    reporter_and_events: tuple[Reporter, ReadEvents], monkeypatch: pytest.MonkeyPatch
) -> None:

    reporter, read_events = reporter_and_events
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(sys, stream, None)
    monkeypatch.setattr(logging, "basicConfig", lambda **_: None)
    capture_output(reporter)
    sys.stdout.write("one\ntwo")
    sys.stdout.write(" still two\n\n")
    sys.stderr.write("x" * 10_000 + "\n")
    assert [line.message for line in read_events() if isinstance(line, LogLine)] == ["one", "two still two", "x" * 2000]
    assert sys.stdout.writable()
