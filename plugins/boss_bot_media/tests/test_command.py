"""`boss-bot media plan`: what it prints for people and programs, with the operator's settings."""

import json
from pathlib import Path

import pytest

from boss_bot_core.cli.app import run_command_line
from boss_bot_media.testing import AAC, H264, ClipMaker


@pytest.fixture(autouse=True)
def own_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the settings of this machine out."""
    monkeypatch.setenv("BOSS_BOT_CONFIG_FILE", str(tmp_path / "config.toml"))
    (tmp_path / "config.toml").write_text("[plugins.media]\nmin_height = 90\nmin_video_kbps = 20\n")


def test_the_plan_is_told_in_words(clips: ClipMaker, capsys: pytest.CaptureFixture[str]) -> None:
    clip = clips.make("clip.mkv", *H264, *AAC)
    assert run_command_line(["media", "plan", str(clip), "--limit", "10MB"]) == 0
    said = capsys.readouterr().out
    assert "h264 160×90 with 15 frames/s, aac" in said  # noqa: RUF001 - the sign of a size
    assert "Plan: remux. It does not play everywhere: MP4 is the container of its picture." in said


def test_a_picture_has_a_plan_too(clips: ClipMaker, capsys: pytest.CaptureFixture[str]) -> None:
    picture = clips.make("picture.bmp", "-map", "0:v", "-frames:v", "1")
    assert run_command_line(["media", "plan", str(picture), "--limit", "10MB"]) == 0
    said = capsys.readouterr().out
    assert "BMP 160×90" in said  # noqa: RUF001 - the sign of a size
    assert "Plan: convert. Discord does not show BMP everywhere." in said


def test_a_document_has_no_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "book.pdf"
    book.write_bytes(b"%PDF-1.7\n")
    assert run_command_line(["media", "plan", str(book), "--limit", "10MB"]) == 2
    assert "a document is never changed" in capsys.readouterr().err


def test_programs_get_json_and_the_operator_s_settings_count(
    clips: ClipMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    noise = ("-vf", "noise=alls=16:allf=t")
    clip = clips.make("noise.mp4", *H264, *noise, *AAC, "-movflags", "+faststart")
    limit = clip.stat().st_size // 5
    assert run_command_line(["media", "plan", str(clip), "--limit", str(limit), "--probe", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["plan"] == "transcode"
    assert told["picture"]["height"] == 90
    assert told["cpu_s"] > 0


def test_wrong_arguments_are_refused(clips: ClipMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "text.txt"
    text.write_text("nothing")
    assert run_command_line(["media", "plan", str(text), "--limit", "10MB"]) == 1
    assert run_command_line(["media", "plan", str(tmp_path / "missing.mp4"), "--limit", "10MB"]) == 2
    assert run_command_line(["media", "plan", str(clips.make("clip.mkv", *H264, *AAC)), "--limit", "10 apples"]) == 2
    assert "there is no file" in capsys.readouterr().err
