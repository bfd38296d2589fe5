"""Tests for files of every supported kind: they are accepted with the facts of their content."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from boss_bot_core.plugin import FileRejectedError
from boss_bot_core.plugin.download_result import FileKind
from tests.verification.conftest import InspectPath


@pytest.mark.parametrize(
    ("name", "mime_type", "extension"),
    [
        ("clip.mp4", "video/mp4", ".mp4"),
        ("faststart.mp4", "video/mp4", ".mp4"),
        ("fragments.mp4", "video/mp4", ".mp4"),
        ("silent.mp4", "video/mp4", ".mp4"),
        ("clip.mov", "video/quicktime", ".mov"),
        ("clip.webm", "video/webm", ".webm"),
        ("clip.mkv", "video/x-matroska", ".mkv"),
        ("clip.ts", "video/mp2t", ".ts"),
        ("clip.avi", "video/x-msvideo", ".avi"),
        ("clip.flv", "video/x-flv", ".flv"),
    ],
)
def test_videos_are_accepted(inspect_path: InspectPath, media: Path, name: str, mime_type: str, extension: str) -> None:
    facts = inspect_path(media / name, "video")
    assert (facts.mime_type, facts.extension) == (mime_type, extension)
    assert (facts.width, facts.height) == (160, 120)
    assert facts.duration_s == pytest.approx(4, abs=0.3)


@pytest.mark.parametrize(
    ("name", "mime_type", "extension"),
    [
        ("song.mp3", "audio/mpeg", ".mp3"),
        ("song.m4a", "audio/mp4", ".m4a"),
        ("song.ogg", "audio/ogg", ".ogg"),
        ("song.opus", "audio/ogg", ".ogg"),
        ("song.flac", "audio/flac", ".flac"),
        ("song.wav", "audio/wav", ".wav"),
        ("song.webm", "audio/webm", ".webm"),
    ],
)
def test_audio_files_are_accepted(
    inspect_path: InspectPath, media: Path, name: str, mime_type: str, extension: str
) -> None:
    facts = inspect_path(media / name, "audio")
    assert (facts.mime_type, facts.extension) == (mime_type, extension)
    assert (facts.width, facts.height) == (None, None)
    assert facts.duration_s == pytest.approx(4, abs=0.1)


def test_a_rotated_video_has_its_displayed_size(inspect_path: InspectPath, media: Path) -> None:
    facts = inspect_path(media / "rotated.mp4", "video")
    assert (facts.width, facts.height) == (120, 160)


def test_a_song_with_a_cover_image_is_audio(inspect_path: InspectPath, media: Path) -> None:
    facts = inspect_path(media / "cover.mp3", "audio")
    assert (facts.mime_type, facts.width) == ("audio/mpeg", None)


def test_data_after_the_last_box_is_ignored(inspect_path: InspectPath, media: Path, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes((media / "clip.mp4").read_bytes() + b"\0\0\0\0padding")
    assert inspect_path(path).duration_s == pytest.approx(4, abs=0.3)


@pytest.mark.parametrize(
    ("name", "mime_type"),
    [
        ("picture.jpg", "image/jpeg"),
        ("double.jpg", "image/jpeg"),
        ("picture.png", "image/png"),
        ("picture.gif", "image/gif"),
        ("picture.webp", "image/webp"),
        ("picture.avif", "image/avif"),
        ("picture.heic", "image/heic"),
        ("picture.bmp", "image/bmp"),
        ("picture.tiff", "image/tiff"),
    ],
)
def test_images_are_accepted(inspect_path: InspectPath, media: Path, name: str, mime_type: str) -> None:
    facts = inspect_path(media / name, "image")
    assert facts.mime_type == mime_type
    assert (facts.width, facts.height) == (64, 48)
    assert facts.duration_s is None


@pytest.mark.parametrize("kind", ["image", "any"])
def test_a_photo_of_a_phone_is_accepted_under_each_of_its_brands(
    inspect_path: InspectPath, media: Path, tmp_path: Path, kind: FileKind
) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes((media / "picture.heic").read_bytes().replace(b"ftypheic", b"ftypmif1", 1))
    facts = inspect_path(path, kind)
    assert (facts.mime_type, facts.extension, facts.width) == ("image/heic", ".heic", 64)


def test_without_its_decoder_a_photo_of_a_phone_is_refused(media: Path) -> None:
    script = (
        "import sys; sys.modules['pi_heif'] = None\n"
        "from pathlib import Path\n"
        "from boss_bot_core.verification.images import inspect_image\n"
        "inspect_image(Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", script, str(media / "picture.heic")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert result.stderr.splitlines()[-1].endswith("The picture's format is not supported.")


@pytest.mark.parametrize("name", ["moving.gif", "moving.webp", "moving.png"])
def test_an_animation_is_accepted_as_an_image_and_as_a_video(inspect_path: InspectPath, media: Path, name: str) -> None:
    assert inspect_path(media / name, "image").duration_s == pytest.approx(0.5)
    assert inspect_path(media / name, "video").duration_s == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("name", "ending", "extension"),
    [
        ("picture.png", ".jpg", ".png"),
        ("clip.webm", ".mp4", ".webm"),
        ("song.m4a", ".mp4", ".m4a"),
        ("clip.mp4", "", ".mp4"),
    ],
)
def test_the_extension_is_chosen_by_content(
    inspect_path: InspectPath, media: Path, tmp_path: Path, name: str, ending: str, extension: str
) -> None:
    renamed = shutil.copy(media / name, tmp_path / f"file{ending}")
    assert inspect_path(renamed).extension == extension


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("clip.mp4", "image"),
        ("clip.mp4", "audio"),
        ("song.m4a", "video"),
        ("song.webm", "video"),
        ("picture.jpg", "video"),
        ("picture.gif", "video"),
        ("picture.png", "audio"),
    ],
)
def test_the_content_decides_against_the_claimed_kind(
    inspect_path: InspectPath, media: Path, tmp_path: Path, name: str, kind: FileKind
) -> None:
    expected = inspect_path(media / name)
    renamed = shutil.copy(media / name, tmp_path / {"image": "x.jpg", "video": "x.mp4"}.get(kind, "x.mp3"))
    assert inspect_path(renamed, kind) == expected
    assert expected.extension == Path(name).suffix


def test_a_picture_of_an_unknown_type_is_rejected_as_a_picture(inspect_path: InspectPath, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\1\2\3\4" * 100)
    with pytest.raises(FileRejectedError, match="picture's format is not supported"):
        inspect_path(tmp_path / "x", "image")
    with pytest.raises(FileRejectedError, match="damaged, or not of a supported format"):
        inspect_path(tmp_path / "x", "video")
