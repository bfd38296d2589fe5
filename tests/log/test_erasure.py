"""The erasure of lines from log files: whole words only, in place, in old files, compressed ones and the open one."""

import gzip
import json
import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from loguru import logger

from boss_bot_core.log.erasure import erase_lines

ReadFile = Callable[[], list[dict[str, object]]]
USER, JOB, LINK = "123456789012345678", "a1b2c3", "https://media.test/clip?id=1"


def write_lines(path: Path, *messages: str) -> bytes:
    path.write_text("".join(json.dumps({"level": "INFO", "message": text, "line": 7}) + "\n" for text in messages))
    return path.read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        f"asked for by user {USER}: a long enough line",
        f"<@{USER}>",
        f"The card of {JOB} shows nothing.",
        f"Refused {LINK}.",
        f"Refused ({LINK})",
    ],
)
def test_a_line_with_a_word_or_a_link_is_erased_in_its_place(tmp_path: Path, text: str) -> None:
    path = tmp_path / "boss-bot.jsonl"
    before = write_lines(path, "first", text, "last").split(b"\n")
    assert erase_lines(tmp_path, {USER, JOB}, {LINK}) == 1
    after = path.read_bytes().split(b"\n")
    assert (after[0], after[2:]) == (before[0], before[2:])
    assert len(after[1]) == len(before[1])
    assert json.loads(after[1]) == {"level": "INFO", "message": "Erased on request."}
    assert erase_lines(tmp_path, {USER, JOB}, {LINK}) == 0


@pytest.mark.parametrize("text", [f"1{USER}", f"{JOB}f", f"{LINK}2", "clip.mp4"])
def test_other_words_and_links_stay(tmp_path: Path, text: str) -> None:
    before = write_lines(tmp_path / "boss-bot.jsonl", text)
    assert erase_lines(tmp_path, {USER, JOB}, {LINK}) == 0
    assert (tmp_path / "boss-bot.jsonl").read_bytes() == before


def test_short_lines_and_lines_that_are_still_being_written(tmp_path: Path) -> None:
    path = tmp_path / "boss-bot.jsonl"
    path.write_text(f"{JOB}\n{JOB}")
    assert erase_lines(tmp_path, {JOB}, ()) == 1
    assert path.read_text() == f"      \n{JOB}"


def test_rotated_and_compressed_files_are_searched_and_keep_their_age(tmp_path: Path) -> None:
    rotated = tmp_path / "boss-bot.2026-11-29_04-00-00_000000.jsonl"
    packed = tmp_path / "boss-bot.2026-11-28_04-00-00_000000.jsonl.gz"
    lines = write_lines(rotated, f"user {USER}, and so on and on", "kept")
    packed.write_bytes(gzip.compress(lines))
    os.utime(packed, (1_000_000, 1_000_000))
    other = tmp_path / "other.txt"
    other.write_text(USER)
    assert erase_lines(tmp_path, {USER}, ()) == 2
    assert rotated.read_bytes() == gzip.decompress(packed.read_bytes())
    assert rotated.read_bytes().endswith(lines.split(b"\n")[1] + b"\n")
    assert (packed.stat().st_mtime, packed.stat().st_mode & 0o777) == (1_000_000, 0o600)
    assert sorted(tmp_path.iterdir()) == sorted([rotated, packed, other])
    assert erase_lines(tmp_path / "nowhere", {USER}, ()) == 0


def test_the_open_log_goes_on_in_the_same_file(
    start: Callable[..., object], read_file: ReadFile, tmp_path: Path
) -> None:
    start()
    logger.info("asked for by user {}", USER)
    with logger.contextualize(job_id=JOB):
        logger.info("a line of the job")
    inode = (tmp_path / "logs" / "boss-bot.jsonl").stat().st_ino
    assert erase_lines(tmp_path / "logs", {USER, JOB}, ()) == 2
    logger.info("afterwards")
    assert [entry["message"] for entry in read_file()] == ["Erased on request."] * 2 + ["afterwards"]
    assert (tmp_path / "logs" / "boss-bot.jsonl").stat().st_ino == inode


def test_what_libraries_know_of_people_is_not_logged_at_any_level(
    start: Callable[..., object], read_file: ReadFile
) -> None:
    start(log_level="TRACE")
    logging.getLogger("discord.gateway").debug("For Shard ID 0: WebSocket Event: a private message")
    logging.getLogger("aiosqlite").debug("executing SELECT 1 WHERE user_id = 7")
    logging.getLogger("discord.gateway").info("connected")
    assert [entry["message"] for entry in read_file()] == ["connected"]
