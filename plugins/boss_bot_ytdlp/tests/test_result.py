"""The result is built from the files that exist, and the content of the files is checked."""

from pathlib import Path
from typing import Any

import pytest
from yt_dlp.utils import OnDemandPagedList

from boss_bot_core.plugin import (
    EngineBrokenError,
    FileRejectedError,
    NotFoundError,
    NothingFoundError,
    UnsupportedUrlError,
)
from boss_bot_core.routing.links import parse_link
from boss_bot_ytdlp._canonical_links import find_canonical_link
from boss_bot_ytdlp._entries import limit_entries
from boss_bot_ytdlp._result import build_result

MP4 = b"\0\0\0\x20ftypisom" + bytes(100)


def video(path: Path, content: bytes = MP4, **more: object) -> dict[str, Any]:
    path.write_bytes(content)
    return {"id": path.stem, "title": f"Title of {path.stem}", "requested_downloads": [{"filepath": str(path)}], **more}


def test_the_files_of_all_entries_are_listed_in_order_with_their_titles(tmp_path: Path) -> None:
    entries = [video(tmp_path / "b.mp4"), video(tmp_path / "a.m4a", vcodec="none"), None]
    result = build_result({"entries": entries}, (), {})
    assert [(file.path.name, file.kind, file.name) for file in result.files] == [
        ("b.mp4", "video", "Title of b.mp4"),
        ("a.m4a", "audio", "Title of a.m4a"),
    ]
    assert result.media.title == "Title of b"


def test_an_mp4_without_video_is_audio(tmp_path: Path) -> None:
    result = build_result(video(tmp_path / "a.mp4", vcodec="none"), (), {})
    assert result.files[0].kind == "audio"


@pytest.mark.parametrize("info", [None, {"entries": []}, {"id": "1", "title": "x"}])
def test_info_without_files_is_nothing_found(info: dict[str, Any] | None) -> None:
    with pytest.raises(NothingFoundError):
        build_result(info, (), {})


@pytest.mark.parametrize("content", [None, b""])
def test_a_missing_or_empty_file_is_an_engine_error(tmp_path: Path, content: bytes | None) -> None:
    info = video(tmp_path / "a.mp4", content or b"")
    if content is None:
        (tmp_path / "a.mp4").unlink()
    with pytest.raises(EngineBrokenError):
        build_result(info, (), {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"<!DOCTYPE html><p>", NothingFoundError),
        (b"\xef\xbb\xbf\n <html>", NothingFoundError),
        (b"#EXTM3U\n", FileRejectedError),
        (b"ffconcat version 1.0\n", FileRejectedError),
        (b'{"error": 1}', FileRejectedError),
        (b'{"error": "Not found"}', NotFoundError),
    ],
)
def test_a_text_file_is_refused_with_its_reason(tmp_path: Path, text: bytes, expected: type[Exception]) -> None:
    with pytest.raises(expected):
        build_result(video(tmp_path / "a.mp4", text), (), {})


def test_a_paged_list_is_a_playlist() -> None:
    pages = OnDemandPagedList(lambda number: [{"id": number}], 30)
    with pytest.raises(UnsupportedUrlError):
        limit_entries({"_type": "playlist", "extractor_key": "Some", "entries": pages})


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/@owl",
        "https://youtu.be/",
        "https://www.youtube.com/embed/videoseries?list=PL1",
        "https://x.com/owl",
    ],
)
def test_an_address_without_a_post_has_no_canonical_form(url: str) -> None:
    assert find_canonical_link(parse_link(url)) is None
