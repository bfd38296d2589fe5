"""Tests for truncated and damaged files: truncated ones are rejected, and no damage raises another error."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boss_bot_core.plugin import FileRejectedError
from tests.verification.conftest import InspectPath

SELF_DESCRIBING = [
    "clip.mp4",
    "faststart.mp4",
    "fragments.mp4",
    "clip.mov",
    "clip.webm",
    "clip.mkv",
    "clip.avi",
    "song.flac",
    "song.m4a",
    "song.wav",
    "picture.jpg",
    "picture.png",
    "picture.webp",
    "picture.bmp",
    "moving.gif",
    "moving.webp",
]
"""Files that declare their length; a part of another file is a valid shorter file."""

examples = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("name", SELF_DESCRIBING)
@examples
@given(share=st.floats(min_value=0.0, max_value=0.8))
def test_a_truncated_file_is_rejected(
    inspect_path: InspectPath, media: Path, tmp_path: Path, name: str, share: float
) -> None:
    content = (media / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(FileRejectedError):
        inspect_path(path)


@pytest.mark.parametrize("name", [*SELF_DESCRIBING, "clip.ts", "clip.flv", "song.ogg", "song.mp3", "picture.avif"])
@examples
@given(data=st.data())
def test_a_damaged_file_is_accepted_or_rejected_without_another_error(
    inspect_path: InspectPath, media: Path, tmp_path: Path, name: str, data: st.DataObject
) -> None:
    content = bytearray((media / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / name
    path.write_bytes(content)
    try:
        facts = inspect_path(path)
    except FileRejectedError:
        return
    assert facts.mime_type
    assert facts.extension
