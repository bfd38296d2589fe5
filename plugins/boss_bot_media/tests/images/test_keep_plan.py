"""The plan that saves a worker: files that stay as they are, and pictures from which metadata are only cut out."""

from itertools import pairwise
from pathlib import Path

import pytest

from boss_bot_core.plugin import PostProcessPlan, PostProcessRequest
from boss_bot_media._settings import MediaSettings
from boss_bot_media.keep_plan import plan_kept_files
from boss_bot_media.testing import AAC, H264, ClipMaker, Converter

from .conftest import LARGE_BYTES

TAGGED = ["tagged.jpg", "progressive.jpg", "double.jpg", "tagged.png", "tagged.gif", "moving_tagged.gif"]
NO_SETTINGS = MediaSettings()


def plan(*files: Path, limit_bytes: int = LARGE_BYTES, settings: MediaSettings = NO_SETTINGS) -> PostProcessPlan | None:
    request = PostProcessRequest(
        files=files,
        directory=Path("/nonexistent"),
        max_file_size_bytes=limit_bytes,
        settings=settings,
        report=lambda _: None,
    )
    return plan_kept_files(request)


@pytest.mark.parametrize("name", TAGGED)
def test_a_cut_leaves_the_same_file_that_the_conversion_makes(pictures: Path, converter: Converter, name: str) -> None:
    path = pictures / name
    found = plan(path)
    assert found is not None
    (ranges,) = found.kept
    assert ranges is not None
    content = path.read_bytes()
    result = converter.run(path, limit_bytes=LARGE_BYTES)
    assert b"".join(content[part.start : part.stop] for part in ranges) == result.files[0].path.read_bytes()
    assert found.notes == result.notes
    assert all(first.stop < second.start for first, second in pairwise(ranges))


@pytest.mark.parametrize("name", ["plain.png", "lossless.webp", "moving.png"])
def test_a_picture_that_fits_and_is_shown_stays_as_it_is(pictures: Path, converter: Converter, name: str) -> None:
    assert plan(pictures / name) == PostProcessPlan(kept=(None,))
    assert converter.run(pictures / name, limit_bytes=LARGE_BYTES).files[0].path == pictures / name


@pytest.mark.parametrize("name", ["tagged.webp", "plain.bmp"])
def test_what_no_cut_can_do_is_left_to_the_conversion(pictures: Path, name: str) -> None:
    assert plan(pictures / name) is None
    assert plan(pictures / "plain.png", pictures / name) is None


def test_a_picture_that_does_not_fit_is_left_to_the_conversion(pictures: Path) -> None:
    size_bytes = (pictures / "plain.png").stat().st_size
    assert plan(pictures / "plain.png", limit_bytes=size_bytes - 1) is None


def test_the_settings_count(pictures: Path) -> None:
    whole = PostProcessPlan(kept=(None,))
    assert plan(pictures / "tagged.jpg", settings=MediaSettings(strip_image_metadata=False)) == whole
    assert plan(pictures / "plain.bmp", settings=MediaSettings(kinds=("video",))) == whole


def test_a_song_and_a_document_stay_and_a_video_gets_its_thumbnail(clips: ClipMaker, tmp_path: Path) -> None:
    song = tmp_path / "song.mp3"
    clips.run("-f", "lavfi", "-i", "sine=f=440:r=44100:duration=1", "-c:a", "libmp3lame", str(song))
    document, subtitles = tmp_path / "a.pdf", tmp_path / "a.srt"
    document.write_bytes(b"%PDF-1.4")
    subtitles.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    assert plan(song, document, subtitles) == PostProcessPlan(kept=(None, None, None))
    assert plan(clips.make("plays.mp4", *H264, *AAC, "-movflags", "+faststart")) is None
