"""The program ffmpeg: what it can do, what it says when it fails, and what happens without it."""

import time
from pathlib import Path

import pytest

from boss_bot_core.plugin import EngineBrokenError, FileTooLargeError
from boss_bot_media.check import find_result_fault
from boss_bot_media.ffmpeg.capabilities import read_capabilities
from boss_bot_media.ffmpeg.run import Ffmpeg, FfmpegError
from boss_bot_media.testing import AAC, H264, ClipMaker, Converter

HEVC = ("-c:v", "libx265", "-x265-params", "log-level=error", "-pix_fmt", "yuv420p", *AAC)
TONE = ("-f", "lavfi", "-i", "sine=d=600", "-f", "null", "-")


def write_program(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_the_ffmpeg_of_the_tests_can_do_all(ffmpeg: Path) -> None:
    found = read_capabilities(ffmpeg)
    assert found.can_encode_video
    assert {"scale", "fps", "bwdif"} <= found.filters


def test_an_ffmpeg_that_does_not_start_can_do_nothing(tmp_path: Path) -> None:
    broken = write_program(tmp_path / "ffmpeg", "exit 1")
    assert not read_capabilities(broken).encoders


@pytest.mark.parametrize("encoders", ["", " V....D mpeg4  MPEG-4\n A....D aac  AAC\n"])
def test_without_a_good_ffmpeg_a_file_stays_and_the_note_says_why(
    clips: ClipMaker, tmp_path: Path, encoders: str
) -> None:
    program = write_program(tmp_path / "ffmpeg", f"printf '{encoders}'") if encoders else None
    poor = Converter(program, tmp_path / "out")
    clip = clips.make("hevc.mp4", *HEVC)
    done = poor.run(clip)
    assert done.files[0].path == clip
    assert "does not play everywhere" in done.notes[0]
    assert ("has no libx264" if encoders else "has no ffmpeg") in done.notes[0]
    with pytest.raises(FileTooLargeError, match="ffmpeg"):
        poor.run(clip, limit_bytes=1_000)


def test_without_ffmpeg_a_container_is_changed_all_the_same(clips: ClipMaker, tmp_path: Path) -> None:
    clip = clips.make("clip.mkv", *H264, *AAC)
    done = Converter(None, tmp_path / "out").run(clip)
    assert done.files[0].path.suffix == ".mp4"


def test_a_failed_run_says_why(ffmpeg: Path, tmp_path: Path) -> None:
    with pytest.raises(FfmpegError, match="No such file"):
        Ffmpeg(program=ffmpeg).run(["-i", tmp_path / "nothing.mp4", "-f", "null", "-"], time_s=60)


def test_a_run_is_ended_when_its_time_is_over(tmp_path: Path) -> None:
    sleeper = write_program(tmp_path / "ffmpeg", "exec sleep 60")
    started = time.monotonic()
    with pytest.raises(EngineBrokenError, match="took too long"):
        Ffmpeg(program=sleeper, shortest_limit_s=0.2).run([], time_s=0.1)
    assert time.monotonic() - started < 20


def test_a_run_reports_its_progress_and_its_cost(ffmpeg: Path) -> None:
    seconds: list[float] = []
    cpu_s = Ffmpeg(program=ffmpeg, threads=1, nice=5).run(TONE, time_s=60, report=seconds.append)
    assert seconds[-1] == pytest.approx(600, abs=1)
    assert cpu_s > 0


def test_a_damaged_result_is_found(clips: ClipMaker, tmp_path: Path) -> None:
    clip = clips.make("damaged.mp4", *H264, *AAC, "-movflags", "+faststart")
    content = bytearray(clip.read_bytes())
    content[-len(content) // 3 :] = bytes(len(content) // 3 + 1)
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(content)
    streams = {"has_video": True, "has_audio": True}
    assert find_result_fault(clip, 10**7, duration_s=2.0, **streams) is None
    assert find_result_fault(damaged, 10**7, duration_s=2.0, **streams) == "It cannot be decoded to its end."
    assert "Its length changed" in (find_result_fault(clip, 10**7, duration_s=3.0, **streams) or "")
    assert "larger than the limit" in (find_result_fault(clip, 10, duration_s=2.0, **streams) or "")
    wrong = find_result_fault(clip, 10**7, duration_s=2.0, has_video=True, has_audio=False)
    assert wrong == "It lost its picture or its sound."
