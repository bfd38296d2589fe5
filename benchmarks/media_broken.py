"""The broken files of the benchmark `media`: cut off, damaged, empty, or no media at all."""

from collections.abc import Iterator
from pathlib import Path

from boss_bot_media.testing import AAC, H264, ClipMaker


def make_broken(clips: ClipMaker) -> Iterator[Path]:
    """Yield the broken files."""
    clip = clips.make("whole.mp4", *H264, *AAC, length_s=3).read_bytes()
    front = clips.make("whole-front.mp4", *H264, *AAC, "-movflags", "+faststart", length_s=3).read_bytes()
    mkv = clips.make("whole.mkv", *H264, *AAC, length_s=3).read_bytes()
    half = len(front) // 2
    contents = {
        "no-index.mp4": clip[: len(clip) // 2],
        "cut.mp4": front[:half],
        "cut.mkv": mkv[: len(mkv) // 2],
        "empty.mp4": b"",
        "text.mp4": b"This is no video. " * 500,
        "page.webm": b"<!doctype html><html><body>Not found</body></html>",
        "zeros.mp4": front[:64] + bytes(len(front) - 64),
        "archive.mp4": b"PK\x03\x04" + bytes(2_000),
    }
    for name, content in contents.items():
        path = clips.folder / name
        path.write_bytes(content)
        yield path
