"""The console and the file sink: their formats, permissions, rotation, and a missing log folder."""

import asyncio
import io
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from better_exceptions import ExceptionFormatter
from loguru import logger

from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.log import Redactor, bind_job

Start = Callable[..., Redactor]
ReadFile = Callable[[], list[dict[str, object]]]

ITEM = DownloadItem(
    id=UUID("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"),
    url="https://x.com/a/status/1",
    media_key="twitter:1",
    plugin="twitter",
    destination=Destination(kind="folder", target="/"),
    max_file_size_bytes=1,
    status=DownloadStatus.DOWNLOADING,
    created_at=datetime(2026, 1, 2, tzinfo=UTC),
)


class Terminal(io.StringIO):
    """A standard error stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_console_shows_any_text_on_one_line(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    start()
    logger.info("a\nb \x1b[2J \u202e c é 猫 <red>d</red> {}")
    line = capsys.readouterr().err
    assert line[8:] == " INFO     a\\nb \\x1b[2J \\u202e c é 猫 <red>d</red> {}\n"


def test_the_traceback_of_a_worker_is_below_its_line_and_in_its_object(
    start: Start, capsys: pytest.CaptureFixture[str], read_file: ReadFile
) -> None:
    start()
    traceback = (
        "Traceback (most recent call last):\n  at token=abcdefgh\nTypeError: \x1b[2J\n12:00:00 INFO     forged\n"
    )
    logger.bind(plugin="p", traceback=traceback).error("It broke.")
    first, *lines = capsys.readouterr().err.splitlines()
    assert first[8:] == " ERROR    [p] It broke."
    assert lines == [
        "  | Traceback (most recent call last):",
        "  |   at token=***",
        "  | TypeError: \\x1b[2J",
        "  | 12:00:00 INFO     forged",
    ]
    assert read_file()[0]["traceback"] == traceback.replace("abcdefgh", "***")


def test_every_line_and_object_of_a_job_names_it(
    start: Start, capsys: pytest.CaptureFixture[str], read_file: ReadFile
) -> None:
    start()
    with bind_job(ITEM, action="download"):
        logger.info("started")
        logging.getLogger("aiohttp.client").warning("slow %s", "server")
    logger.info("over")
    assert "[0190a1] [twitter] started" in capsys.readouterr().err
    first, second, third = read_file()
    assert {name: first[name] for name in ("job_id", "plugin", "action", "message", "level")} == {
        "job_id": "0190a1",
        "plugin": "twitter",
        "action": "download",
        "message": "started",
        "level": "INFO",
    }
    assert (second["message"], second["logger"], second["job_id"]) == ("slow server", "aiohttp.client", "0190a1")
    assert "job_id" not in third
    assert datetime.fromisoformat(str(first["time"])).tzinfo is not None


def test_only_a_terminal_gets_colours(
    start: Start, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        patch.delenv("NO_COLOR", raising=False)
        start()
        logger.info("hello")
        assert "\x1b[" in terminal.getvalue()
        patch.setenv("NO_COLOR", "1")
        start()
        before = len(terminal.getvalue())
        logger.info("hello")
        assert "\x1b[" not in terminal.getvalue()[before:]
    start()
    logger.info("hello")
    assert "\x1b[" not in capsys.readouterr().err


@pytest.mark.parametrize(("level", "expected_count"), [("INFO", 0), ("DEBUG", 1)])
def test_values_of_variables_are_shown_only_on_the_console_at_debug_level(
    start: Start, capsys: pytest.CaptureFixture[str], read_file: ReadFile, level: str, expected_count: int
) -> None:
    start(log_level=level)
    divisor = {"meaning": "forty-two"}
    try:
        divisor["reason"]
    except KeyError:
        logger.exception("It broke.")
    (entry,) = read_file()
    # better-exceptions 0.3.3 falls back to plain tracebacks on Python 3.13.
    values = 0 if sys.version_info >= (3, 13) else expected_count
    assert capsys.readouterr().err.count("└ {'meaning': 'forty-two'}") == values
    assert entry["error"] == "KeyError"
    assert 'divisor["reason"]' in str(entry["traceback"])
    assert "forty-two" not in str(entry["traceback"])


def test_records_of_libraries_are_logged_from_their_level_on(start: Start, read_file: ReadFile) -> None:
    start(log_level="DEBUG")
    library = logging.getLogger("discord.gateway")
    library.debug("too much")
    library.info("connected %d", 1)
    library.error("gone", exc_info=OSError("lost"))
    library.log(35, "between")
    entries = read_file()
    assert [entry["message"] for entry in entries] == ["connected 1", "gone", "between"]
    assert (entries[1]["error"], entries[1]["level"]) == ("OSError", "ERROR")


def test_the_cancellation_of_a_library_is_no_error(start: Start, read_file: ReadFile) -> None:
    start(log_level="INFO")
    for error in (asyncio.CancelledError(), ValueError()):
        logging.getLogger("sqlalchemy.pool").error("Exception during reset", exc_info=error)
    assert [entry["level"] for entry in read_file() if entry["message"] == "Exception during reset"] == ["ERROR"]


def test_full_files_are_rotated_and_a_limited_number_is_kept(start: Start, tmp_path: Path) -> None:
    start(log_rotation_bytes=2000, log_files_kept=2)
    for number in range(60):
        logger.info("number {} " + "x" * 100, number)
    files = sorted((tmp_path / "logs").iterdir())
    assert len(files) == 3
    assert all(file.stat().st_size <= 2000 for file in files)
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


def test_without_a_log_folder_the_console_warns_and_works(
    start: Start, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_text("a file", encoding="utf-8")
    start()
    logger.info("hello")
    assert "There is no log file" in (output := capsys.readouterr().err)
    assert "hello" in output


def test_after_two_setups_each_record_is_logged_once(start: Start, read_file: ReadFile) -> None:
    start()
    start()
    logger.info("hello")
    logging.getLogger("x").warning("hello")
    assert len(read_file()) == 2


def test_a_plain_traceback_replaces_a_rich_one_that_fails(
    start: Start, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("no source")

    monkeypatch.setattr(ExceptionFormatter, "format_value", broken)
    start(log_level="DEBUG")
    divisor = {"meaning": "forty-two"}
    try:
        divisor["reason"]
    except KeyError:
        logger.exception("It broke.")
    assert "KeyError: 'reason'" in (output := capsys.readouterr().err)
    assert "no source" not in output
