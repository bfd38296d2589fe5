"""Tests for the rules by which an incomplete file may be continued."""

from pathlib import Path

import pytest

from boss_bot_core.plugin import PartFile, parse_range_start

TAG = {"ETag": '"a"', "Content-Length": "1000"}
OLD_DATE = {"Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT", "Content-Length": "1000"}
NOW = {"Date": "Tue, 02 Jan 2024 00:00:00 GMT"}


@pytest.fixture
def part(tmp_path: Path) -> PartFile:
    return PartFile(tmp_path / "clip.mp4.part")


@pytest.mark.parametrize(
    ("headers", "validator"),
    [
        (TAG, '"a"'),
        ({**TAG, **OLD_DATE, **NOW}, '"a"'),
        ({**OLD_DATE, **NOW}, "Mon, 01 Jan 2024 00:00:00 GMT"),
        ({"ETag": '"a"', "Content-Range": "bytes 0-99/1000", "Content-Length": "100"}, '"a"'),
        ({**TAG, "ETag": 'W/"a"'}, None),
        ({**TAG, **OLD_DATE, **NOW, "ETag": 'W/"a"'}, None),
        (OLD_DATE, None),
        ({**OLD_DATE, "Date": OLD_DATE["Last-Modified"]}, None),
        ({**OLD_DATE, "Date": "yesterday"}, None),
        ({**TAG, "Content-Encoding": "gzip"}, None),
        ({"ETag": '"a"'}, None),
        ({"Content-Length": "1000"}, None),
    ],
)
def test_only_a_strong_validator_with_a_known_size_is_kept(
    part: PartFile, headers: dict[str, str], validator: str | None
) -> None:
    part.start(headers)
    assert part.find_validator(500) == validator


@pytest.mark.parametrize(("offset", "validator"), [(999, '"a"'), (1000, None), (1001, None)])
def test_a_part_of_the_whole_size_or_more_is_not_continued(part: PartFile, offset: int, validator: str | None) -> None:
    part.start(TAG)
    assert part.find_validator(offset) == validator


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (206, {"ETag": '"a"', "Content-Range": "bytes 500-999/1000"}, True),
        (206, {"ETag": '"b"', "Content-Range": "bytes 500-999/1000"}, False),
        (206, {"Content-Range": "bytes 500-999/1000"}, False),
        (206, {"ETag": '"a"', "Content-Range": "bytes 500-1000/1001"}, False),
        (206, {"ETag": '"a"', "Content-Range": "bytes 499-999/1000"}, False),
        (206, {"ETag": '"a"', "Content-Range": "bytes 500-999/*"}, False),
        (206, {"ETag": '"a"'}, False),
        (200, {"ETag": '"a"', "Content-Length": "1000"}, False),
        (416, {"ETag": '"a"', "Content-Range": "bytes */1000"}, False),
    ],
)
def test_a_response_continues_the_part_only_with_the_same_tag_total_and_offset(
    part: PartFile, status: int, headers: dict[str, str], *, expected: bool
) -> None:
    part.start(TAG)
    assert part.is_continued_by(500, status, headers) is expected


@pytest.mark.parametrize(
    ("date", "expected"), [(None, True), ("Mon, 01 Jan 2024 00:00:00 GMT", True), ("other", False)]
)
def test_a_response_may_leave_the_date_out(part: PartFile, date: str | None, *, expected: bool) -> None:
    part.start({**OLD_DATE, **NOW})
    headers = {"Content-Range": "bytes 500-999/1000"} | ({"Last-Modified": date} if date else {})
    assert part.is_continued_by(500, 206, headers) is expected


def test_a_new_body_discards_the_old_part_and_its_validator(part: PartFile, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4.part"
    part.start(TAG)
    path.write_bytes(b"old")
    part.start({"Content-Length": "1000"})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"value": 1}', "\x00"])
def test_a_damaged_validator_means_from_the_start(part: PartFile, tmp_path: Path, content: str) -> None:
    (tmp_path / "clip.mp4.part.validator").write_text(content)
    assert part.find_validator(500) is None


@pytest.mark.parametrize(
    ("header", "start"), [("bytes=500-", 500), ("bytes=500-600", 500), (None, 0), ("", 0), ("bytes=-5", 0)]
)
def test_the_start_of_a_range_is_read(header: str | None, start: int) -> None:
    assert parse_range_start(header) == start
