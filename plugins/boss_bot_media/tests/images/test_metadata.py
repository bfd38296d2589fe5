"""Metadata are cut out of a picture, and nothing else: every pixel, the profile and the animation stay."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageSequence

from boss_bot_media.images.metadata import strip_metadata
from tests.properties import few_examples

from .conftest import SECRET, draw, make_exif

TAGGED = [
    "tagged.jpg", "progressive.jpg", "double.jpg", "tagged.png", "tagged.webp", "tagged.gif",
    "moving_tagged.gif", "moving_tagged.png", "moving_tagged.webp",
]  # fmt: skip
UNTAGGED = ["plain.jpg", "cmyk.jpg", "plain.png", "plain.webp", "lossless.webp", "moving.gif", "moving.png"]
FORMATS = {".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".gif": "GIF"}


def strip(content: bytes, name: str) -> bytes | None:
    return strip_metadata(content, FORMATS[Path(name).suffix])


def read_pixels(content: bytes) -> list[tuple[bytes, object]]:
    with Image.open(io.BytesIO(content)) as image:
        frames = ImageSequence.Iterator(image) if image.format != "MPO" else [image]
        return [(frame.convert("RGBA").tobytes(), frame.info.get("duration")) for frame in frames]


@pytest.mark.parametrize("name", TAGGED)
def test_metadata_are_removed_and_nothing_else(pictures: Path, name: str) -> None:
    content = (pictures / name).read_bytes()
    stripped = strip(content, name)
    assert stripped is not None
    assert len(stripped) < len(content)
    assert SECRET in content
    assert SECRET not in stripped
    assert read_pixels(stripped) == read_pixels(content)
    with Image.open(io.BytesIO(stripped)) as image, Image.open(io.BytesIO(content)) as original:
        image.load()
        original.load()
        assert not image.getexif()
        assert not {"exif", "xmp", "comment", "photoshop"} & image.info.keys()
        assert image.info.get("icc_profile") == original.info.get("icc_profile")
        assert image.info.get("loop") == original.info.get("loop")
    assert strip(stripped, name) == stripped


@pytest.mark.parametrize("name", UNTAGGED)
def test_a_picture_without_metadata_stays_byte_identical(pictures: Path, name: str) -> None:
    content = (pictures / name).read_bytes()
    stripped = strip(content, name)
    # Pillow writes a comment of its own into some formats; everything else is the same.
    assert stripped is not None
    assert read_pixels(stripped) == read_pixels(content)
    assert strip(stripped, name) == stripped
    assert len(content) - len(stripped) in {0, 2}


@pytest.mark.parametrize("name", [*TAGGED, *UNTAGGED])
def test_data_after_the_end_of_a_picture_are_cut_off(pictures: Path, name: str) -> None:
    content = (pictures / name).read_bytes()
    video = b"\0\0\0\x18ftypmp42" + SECRET
    assert strip(content + video, name) == strip(content, name)


def test_iptc_and_unknown_segments_of_a_jpeg_are_removed(pictures: Path) -> None:
    content = (pictures / "plain.jpg").read_bytes()
    segments = b"".join(
        bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body
        for marker, body in [(0xED, b"Photoshop 3.0\0" + SECRET), (0xEB, b"JP" + SECRET), (0xE2, b"MPF\0" + SECRET)]
    )
    assert strip(content[:20] + segments + content[20:], "plain.jpg") == content


def test_a_picture_of_another_format_is_not_touched(pictures: Path) -> None:
    assert strip_metadata((pictures / "plain.bmp").read_bytes(), "BMP") is None
    assert strip_metadata((pictures / "plain.png").read_bytes(), "JPEG") is None


STARTS = [b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF", b"GIF89a", b""]
CHANGES = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12)


@pytest.mark.parametrize("name", TAGGED)
@few_examples(150)
@given(changes=CHANGES, cut=st.floats(0, 1))
def test_hostile_bytes_never_raise_and_never_grow(
    pictures: Path, name: str, changes: list[tuple[float, int]], cut: float
) -> None:
    content = bytearray((pictures / name).read_bytes())
    for share, byte in changes:
        # Most of a file are pixels: the structure stands at its beginning.
        content[int(share**4 * len(content))] = byte
    hostile = bytes(content[: max(1, int(len(content) * (1 - cut**4)))])
    stripped = strip(hostile, name)
    if stripped is not None:
        assert len(stripped) <= len(hostile)
        assert strip(stripped, name) == stripped


@few_examples(100)
@given(
    content=st.binary(max_size=200), start=st.sampled_from([b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF", b"GIF89a", b""])
)
def test_no_bytes_raise(content: bytes, start: bytes) -> None:
    for format_name in FORMATS.values():
        stripped = strip_metadata(start + content, format_name)
        assert stripped is None or len(stripped) <= len(start + content)


@few_examples(15)
@given(quality=st.integers(5, 95), progressive=st.booleans(), width=st.integers(1, 40), height=st.integers(1, 40))
def test_no_jpeg_loses_a_pixel(quality: int, progressive: bool, width: int, height: int) -> None:  # noqa: FBT001
    file = io.BytesIO()
    draw(64, 64).resize((width, height)).save(
        file, "JPEG", quality=quality, progressive=progressive, exif=make_exif(), restart_marker_rows=1
    )
    stripped = strip_metadata(file.getvalue(), "JPEG")
    assert stripped is not None
    assert SECRET not in stripped
    assert read_pixels(stripped) == read_pixels(file.getvalue())
