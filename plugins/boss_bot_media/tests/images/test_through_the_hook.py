"""Pictures through the plugin's hook, as the core calls it: with ffmpeg, with limits by kind, several at once."""

from pathlib import Path

import av
import pytest

from boss_bot_core.plugin import FileTooLargeError, PostProcessRequest
from boss_bot_media._settings import MediaSettings
from boss_bot_media.forecast import Forecast
from boss_bot_media.images.forecast import forecast_image
from boss_bot_media.processor import process_files
from boss_bot_media.testing import Converter

from .conftest import LARGE_BYTES, SECRET


def read_video(path: Path) -> tuple[str, float, int]:
    with av.open(str(path)) as container:
        frames = sum(1 for _ in container.decode(video=0))
        return container.streams.video[0].codec_context.name, (container.duration or 0) / 1_000_000, frames


@pytest.mark.parametrize("extension", ["gif", "png", "webp"])
def test_an_animation_that_is_too_large_becomes_a_video(pictures: Path, converter: Converter, extension: str) -> None:
    path = pictures / f"moving.{extension}"
    result = converter.run(path, limit_bytes=path.stat().st_size * 9 // 10)
    (file,) = result.files
    assert file.path.suffix == ".mp4"
    assert file.path.stat().st_size <= path.stat().st_size * 9 // 10
    codec, duration_s, frames = read_video(file.path)
    assert codec == "h264"
    assert duration_s == pytest.approx(0.48, abs=0.1)
    assert frames >= 6


def test_without_ffmpeg_an_animation_that_is_too_large_stays_a_picture(pictures: Path, tmp_path: Path) -> None:
    path = pictures / "moving.gif"
    (file,) = Converter(None, tmp_path / "converted").run(path, limit_bytes=path.stat().st_size // 2).files
    assert file.path.suffix == ".webp"


def test_one_picture_that_cannot_fit_is_skipped_and_the_others_are_delivered(
    pictures: Path, converter: Converter
) -> None:
    small = pictures / "moving_alpha.png"
    result = converter.run(pictures / "plain.jpg", small, limit_bytes=small.stat().st_size)
    assert {file.source for file in result.files} == {pictures / "plain.jpg", small}
    result = converter.run(pictures / "plain.jpg", pictures / "tiny.png", limit_bytes=1000)
    assert [file.path for file in result.files] == [pictures / "tiny.png"]
    assert [skipped.name for skipped in result.skipped] == ["plain.jpg"]
    with pytest.raises(FileTooLargeError, match="Nothing like it fits"):
        converter.run(pictures / "plain.jpg", limit_bytes=1000)


def test_pictures_stay_as_they_are_where_only_other_kinds_are_converted(pictures: Path, converter: Converter) -> None:
    settings = MediaSettings(kinds=("video", "audio"))
    result = converter.run(pictures / "tagged.jpg", settings=settings)
    assert [file.path for file in result.files] == [pictures / "tagged.jpg"]


def test_the_limit_for_pictures_bounds_what_is_encoded_only(pictures: Path, tmp_path: Path) -> None:
    limit_bytes = (pictures / "plain.png").stat().st_size // 2
    (tmp_path / "out").mkdir()
    request = PostProcessRequest(
        files=(pictures / "plain.png", pictures / "plain.bmp"),
        directory=tmp_path / "out",
        max_file_size_bytes=LARGE_BYTES,
        limits_by_kind={"image": limit_bytes, "video": LARGE_BYTES, "audio": LARGE_BYTES},
        settings=MediaSettings(),
        report=lambda _: None,
    )
    kept, encoded = process_files(request).files
    assert kept.path == pictures / "plain.png"
    assert encoded.path.stat().st_size <= limit_bytes


def test_two_pictures_with_one_name_do_not_replace_each_other(
    pictures: Path, tmp_path: Path, converter: Converter
) -> None:
    paths = []
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "photo.jpg")
        paths[-1].write_bytes((pictures / "tagged.jpg").read_bytes())
    results = [file.path for file in converter.run(*paths).files]
    assert len(set(results)) == 2
    assert all(SECRET not in path.read_bytes() for path in results)


def test_the_plan_of_a_picture_is_told(pictures: Path) -> None:
    def tell(name: str) -> Forecast:
        return forecast_image(pictures / name, LARGE_BYTES, MediaSettings(), has_ffmpeg=False)

    told = tell("tagged.jpg")
    assert (told.plan, told.reason, told.facts) == ("strip", "It has metadata.", "JPEG 320×240, with metadata")  # noqa: RUF001
    assert tell("moving.gif").facts == "GIF 96×72, 6 frames"  # noqa: RUF001
    assert tell("plain.heic").plan == "convert"
