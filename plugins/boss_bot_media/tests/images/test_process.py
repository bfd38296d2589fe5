"""Pictures through the whole processing: what they become, and that it is what the plan says."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageOps, ImageSequence

from boss_bot_core.plugin import FileTooLargeError
from boss_bot_media._settings import MediaSettings
from boss_bot_media.images.similarity import measure_ssim

from .conftest import PROFILE, SECRET, ProcessPicture, draw, make_exif


def read_durations_ms(path: Path) -> list[float]:
    with Image.open(path) as image:
        durations = []
        for frame in ImageSequence.Iterator(image):
            frame.load()
            durations.append(float(frame.info.get("duration", 0)))
        return durations


@pytest.mark.parametrize("name", ["plain.png", "cmyk.jpg", "lossless.webp", "moving.png", "moving.webp", "alpha.png"])
def test_a_picture_that_fits_and_is_shown_stays_the_same_file(
    pictures: Path, process_picture: ProcessPicture, name: str
) -> None:
    outcome = process_picture(pictures / name)
    assert [file.path for file in outcome.files] == [pictures / name]
    assert outcome.note is None


@pytest.mark.parametrize("name", ["tagged.jpg", "double.jpg", "tagged.png", "tagged.webp", "moving_tagged.gif"])
def test_a_picture_loses_its_metadata_and_no_pixel(pictures: Path, process_picture: ProcessPicture, name: str) -> None:
    outcome = process_picture(pictures / name)
    (file,) = outcome.files
    assert outcome.note == "It has metadata. It was cut out."
    assert file.path.name == name
    assert SECRET not in file.path.read_bytes()
    with Image.open(file.path) as result, Image.open(pictures / name) as original:
        assert result.convert("RGB").tobytes() == original.convert("RGB").tobytes()


def test_metadata_stay_where_the_operator_wants_them(pictures: Path, process_picture: ProcessPicture) -> None:
    settings = MediaSettings(strip_image_metadata=False)
    outcome = process_picture(pictures / "tagged.jpg", settings=settings)
    assert outcome.files[0].path == pictures / "tagged.jpg"


@pytest.mark.parametrize(
    ("name", "format_name", "least"),
    [
        ("plain.avif", "JPEG", 0.97),
        ("plain.heic", "JPEG", 0.97),
        ("plain.bmp", "PNG", 1),
        ("plain.tiff", "PNG", 1),
        ("alpha.avif", "WEBP", 0.95),
    ],
)
def test_a_picture_that_discord_does_not_show_is_converted(
    pictures: Path, process_picture: ProcessPicture, name: str, format_name: str, least: float
) -> None:
    outcome = process_picture(pictures / name)
    (file,) = outcome.files
    with Image.open(file.path) as result, Image.open(pictures / name) as original:
        assert result.format == format_name
        assert measure_ssim(original, result) >= least
        assert result.has_transparency_data == original.has_transparency_data
    assert outcome.note is not None
    assert "Discord does not show" in outcome.note


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("extension", ["jpg", "png", "webp"])
def test_a_picture_is_turned_upright(
    tmp_path: Path, process_picture: ProcessPicture, extension: str, orientation: int
) -> None:
    path = tmp_path / f"turned.{extension}"
    draw(160, 112).save(path, exif=make_exif(orientation), icc_profile=PROFILE, quality=90)
    (file,) = process_picture(path).files
    assert file.path != path
    with Image.open(file.path) as result, Image.open(path) as original:
        upright = ImageOps.exif_transpose(original)
        assert result.size == upright.size
        assert measure_ssim(upright, result) > 0.97
        assert not result.getexif()
        assert result.info["icc_profile"] == PROFILE


def test_turning_a_jpeg_loses_next_to_nothing(tmp_path: Path, process_picture: ProcessPicture) -> None:
    path = tmp_path / "turned.jpg"
    draw(160, 112).save(path, exif=make_exif(6), quality=70)
    (file,) = process_picture(path).files
    with Image.open(file.path) as result, Image.open(path) as original:
        assert measure_ssim(ImageOps.exif_transpose(original), result) > 0.999
    assert file.path.stat().st_size < path.stat().st_size * 1.05


@pytest.mark.parametrize(
    ("name", "share", "format_name"),
    [
        ("plain.jpg", 0.8, "JPEG"),
        ("cmyk.jpg", 0.5, "JPEG"),
        ("plain.png", 0.9, "PNG"),
        ("plain.png", 0.75, "WEBP"),
        ("plain.png", 0.3, "JPEG"),
        ("alpha.png", 0.3, "WEBP"),
        ("plain.webp", 0.8, "WEBP"),
        ("plain.gif", 0.5, "JPEG"),
    ],
)
def test_a_picture_that_is_too_large_lands_below_the_limit(
    pictures: Path, process_picture: ProcessPicture, name: str, share: float, format_name: str
) -> None:
    limit_bytes = int((pictures / name).stat().st_size * share)
    outcome = process_picture(pictures / name, limit_bytes)
    (file,) = outcome.files
    assert limit_bytes * 0.6 <= file.path.stat().st_size <= limit_bytes
    assert outcome.note is not None
    with Image.open(file.path) as result, Image.open(pictures / name) as original:
        assert result.format == format_name
        assert not result.getexif()
        assert measure_ssim(original.resize(result.size), result) > 0.85


def test_a_picture_gets_fewer_pixels_before_it_looks_bad(pictures: Path, process_picture: ProcessPicture) -> None:
    limit_bytes = int((pictures / "plain.jpg").stat().st_size * 0.5)
    sizes = {}
    for lowest in (0.0, 0.95):
        settings = MediaSettings(lowest_image_similarity=lowest)
        (file,) = process_picture(pictures / "plain.jpg", limit_bytes, settings).files
        with Image.open(file.path) as result:
            sizes[lowest] = result.width
    assert sizes[0.95] < sizes[0.0]


def test_a_picture_that_cannot_fit_is_refused_with_the_reason(pictures: Path, process_picture: ProcessPicture) -> None:
    with pytest.raises(FileTooLargeError, match=r"10 KB, and 1000 B are allowed\. Nothing like it fits"):
        process_picture(pictures / "plain.jpg", 1000)


@pytest.mark.parametrize(("name", "share"), [("moving.avif", 20.0), ("moving_alpha.png", 0.3)])
def test_an_animation_keeps_its_frames_and_their_durations(
    pictures: Path, process_picture: ProcessPicture, name: str, share: float
) -> None:
    limit_bytes = int((pictures / name).stat().st_size * share)
    (file,) = process_picture(pictures / name, limit_bytes).files
    assert file.path.suffix == ".webp"
    assert file.path.stat().st_size <= limit_bytes
    assert read_durations_ms(file.path) == read_durations_ms(pictures / name) == [40, 120, 80, 40, 120, 80]


@pytest.mark.parametrize("depth", ["png", "tiff"])
def test_16_bits_for_a_pixel_become_8_where_they_have_to(
    tmp_path: Path, process_picture: ProcessPicture, depth: str
) -> None:
    path = tmp_path / f"deep.{depth}"
    grey = draw(400, 300).convert("L")
    grey.convert("I").point(lambda value: value * 256).convert("I;16").save(path)
    (file,) = process_picture(path, 20_000).files
    with Image.open(file.path) as result:
        assert result.format == "JPEG"
        assert measure_ssim(grey.resize(result.size), result) > 0.85


def test_colors_for_print_become_those_for_screens(tmp_path: Path, process_picture: ProcessPicture) -> None:
    path = tmp_path / "print.tiff"
    Image.new("CMYK", (64, 64), (0, 255, 255, 0)).save(path)
    (file,) = process_picture(path).files
    with Image.open(file.path) as result:
        assert list(result.convert("RGB").getextrema()) == [(255, 255), (0, 0), (0, 0)]


def test_a_decompression_bomb_is_left_alone(tmp_path: Path, process_picture: ProcessPicture) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (16_000, 16_000)).save(path)
    outcome = process_picture(path)
    assert outcome.files[0].path == path
    assert outcome.note == "It would unfold to more pixels than are allowed."
    with pytest.raises(FileTooLargeError, match="more pixels"):
        process_picture(path, 100)


@pytest.mark.parametrize("name", ["plain.bmp", "moving.avif", "plain.heic"])
def test_a_damaged_picture_stays_with_the_reason(
    pictures: Path, tmp_path: Path, process_picture: ProcessPicture, name: str
) -> None:
    path = tmp_path / name
    content = (pictures / name).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    outcome = process_picture(path)
    assert outcome.files[0].path == path
    assert outcome.note is not None
    assert "cannot be decoded" in outcome.note


def test_a_jpeg_whose_segments_cannot_be_followed_is_encoded_again(
    pictures: Path, tmp_path: Path, process_picture: ProcessPicture
) -> None:
    path = tmp_path / "odd.jpg"
    content = (pictures / "tagged.jpg").read_bytes()
    path.write_bytes(content[:20] + b"\0\0\0" + content[20:])
    (file,) = process_picture(path).files
    assert SECRET not in file.path.read_bytes()
    with Image.open(file.path) as result, Image.open(io.BytesIO(content)) as original:
        assert measure_ssim(original, result) > 0.98
