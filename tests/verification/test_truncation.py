"""Tests for truncated and damaged files: truncated ones are rejected, and no damage raises another error."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.plugin import FileRejectedError
from tests.properties import few_examples, many_random_examples
from tests.verification.conftest import InspectPath

_ISO = rb"(?=....(ftyp|moov|moof|mdat|sidx))"
_CLUSTER = rb"(?=\x1f\x43\xb6\x75)"
PARTS = {
    "clip.mp4": _ISO,
    "faststart.mp4": _ISO,
    "indexed.mp4": _ISO,
    "clip.mov": _ISO,
    "song.m4a": _ISO,
    "picture.avif": rb"(?=....(meta|mdat))",
    "picture.heic": rb"(?=....(meta|mdat))",
    "clip.webm": _CLUSTER,
    "clip.mkv": _CLUSTER,
    "song.webm": _CLUSTER,
    "clip.avi": rb"(?=00dc|idx1)",
    "clip.wmv": rb"(?=\x36\x26\xb2\x75)",
    "song.wav": rb"(?=data)",
    "large.wav": rb"(?=data)",
    "song.flac": rb"(?=\xff\xf8)",
    "song.ogg": rb"(?=OggS)",
    "song.opus": rb"(?=OggS)",
    "clip.ogv": rb"(?=OggS)",
    "picture.gif": rb"(?=\x2c\0\0\0\0|\x3b)",
    "moving.gif": rb"(?=\x21\xf9\x04|\x2c\0\0\0\0|\x3b)",
    "picture.png": rb"(?=....(IDAT|IEND))",
    "moving.png": rb"(?=....(fcTL|fdAT|IDAT|IEND))",
    "picture.webp": rb"(?=VP8)",
    "moving.webp": rb"(?=ANMF|VP8)",
    "picture.jpg": rb"(?=\xff[\xda\xd9])",
    "progressive.jpg": rb"(?=\xff[\xda\xd9\xc4])",
    "double.jpg": rb"(?=\xff[\xda\xd9\xd8])",
    "picture.bmp": rb"(?=BM)",
    "picture.tiff": rb"(?=II)",
    "pages.tiff": rb"(?=II)",
}
"""The files whose format tells where they end, with the pattern of the beginning of a part: a frame, page or chunk."""
WITHOUT_END = ["clip.ts", "clip.mpg", "song.aac", "song.mp3", "clip.flv", "fragments.mp4"]
"""A part of such a file is a whole shorter file, or tells only roughly how long the whole one is."""
NEEDLESS_BYTES = {"indexed.mp4": 124, "clip.wmv": 110, "pages.tiff": 4}
"""The lengths of indexes and padding after the last frame, without which the media are whole."""


def list_cuts(name: str, content: bytes) -> list[int]:
    """Return the lengths at which a truncation is the least visible: between two parts, and shortly before the end."""
    between = [found.start() for found in re.finditer(PARTS[name], content, re.DOTALL)]
    end = len(content) - NEEDLESS_BYTES.get(name, 0)
    chosen = {*between[:8], *between[-12:], *(end - missing for missing in (1, 2, 3, 4, 8, 16))}
    return sorted(cut for cut in chosen if cut < end)


@pytest.mark.parametrize("name", PARTS)
def test_a_file_that_is_cut_between_two_parts_or_before_its_end_is_rejected(
    inspect_path: InspectPath, media: Path, tmp_path: Path, name: str
) -> None:
    content = (media / name).read_bytes()
    path = tmp_path / name
    for cut in list_cuts(name, content):
        path.write_bytes(content[:cut])
        with pytest.raises(FileRejectedError):
            inspect_path(path)


@pytest.mark.parametrize(("name", "missing"), [("song.mp3", 1100), ("clip.flv", 5), ("clip.flv", 12_000)])
def test_a_file_that_tells_its_length_roughly_is_rejected_when_more_is_missing(
    inspect_path: InspectPath, media: Path, tmp_path: Path, name: str, missing: int
) -> None:
    path = tmp_path / name
    path.write_bytes((media / name).read_bytes()[:-missing])
    with pytest.raises(FileRejectedError, match="cut off"):
        inspect_path(path)


@pytest.mark.parametrize("name", [*PARTS, *WITHOUT_END])
@pytest.mark.parametrize("more", [b"\0\0\0\0padding", b"TAG" + b"name".ljust(125)], ids=["padding", "tag"])
def test_data_after_the_end_of_a_file_are_ignored(
    inspect_path: InspectPath, media: Path, tmp_path: Path, name: str, more: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes((media / name).read_bytes() + more)
    assert inspect_path(path).mime_type == inspect_path(media / name).mime_type


def test_chained_streams_and_bytes_between_the_frames_of_an_animation_are_accepted(
    inspect_path: InspectPath, media: Path, tmp_path: Path
) -> None:
    chain, animation = tmp_path / "chain.ogg", tmp_path / "moving.gif"
    chain.write_bytes((media / "song.ogg").read_bytes() * 2)
    assert inspect_path(chain).mime_type == "audio/ogg"
    animation.write_bytes((media / "moving.gif").read_bytes().replace(b"\x21\xf9\x04", b"\0\x21\xf9\x04"))
    assert inspect_path(animation).duration_s == pytest.approx(0.5)


def check_a_truncated_file(inspect_path: InspectPath, media: Path, tmp_path: Path, name: str, share: float) -> None:
    content = (media / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(content[: int((len(content) - NEEDLESS_BYTES.get(name, 0)) * share)])
    with pytest.raises(FileRejectedError):
        inspect_path(path)


def check_a_damaged_file(
    inspect_path: InspectPath, media: Path, tmp_path: Path, name: str, changes: list[tuple[float, int]]
) -> None:
    content = bytearray((media / name).read_bytes())
    for share, byte in changes:
        content[int(len(content) * share)] = byte
    path = tmp_path / name
    path.write_bytes(content)
    try:
        facts = inspect_path(path)
    except FileRejectedError:
        return
    assert facts.mime_type
    assert facts.extension


SHARES = st.floats(min_value=0.0, max_value=1.0, exclude_max=True)
CHANGES = st.lists(st.tuples(SHARES, st.integers(0, 255)), min_size=1, max_size=20)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", PARTS)
@many_random_examples(200)
@given(share=SHARES)
def test_a_file_that_is_cut_anywhere_is_rejected(
    inspect_path: InspectPath, media: Path, tmp_path: Path, name: str, share: float
) -> None:
    check_a_truncated_file(inspect_path, media, tmp_path, name, share)


@pytest.mark.parametrize("name", [*PARTS, *WITHOUT_END])
@few_examples(8)
@given(changes=CHANGES)
def test_a_damaged_file_is_accepted_or_rejected_without_another_error(
    inspect_path: InspectPath, media: Path, tmp_path: Path, name: str, changes: list[tuple[float, int]]
) -> None:
    check_a_damaged_file(inspect_path, media, tmp_path, name, changes)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", [*PARTS, *WITHOUT_END])
@many_random_examples(200)
@given(changes=CHANGES)
def test_no_damage_raises_another_error(
    inspect_path: InspectPath, media: Path, tmp_path: Path, name: str, changes: list[tuple[float, int]]
) -> None:
    check_a_damaged_file(inspect_path, media, tmp_path, name, changes)
