"""From what yt-dlp says it has done to what is really there."""

from pathlib import Path
from typing import Any

import pytest
from yt_dlp.utils import OnDemandPagedList

from boss_bot_core.plugin import EngineBrokenError, FileRejectedError, NothingFoundError, UnsupportedUrlError
from boss_bot_core.routing.links import parse_link
from boss_bot_ytdlp._aliases import alias_of
from boss_bot_ytdlp._outcome import result_of
from boss_bot_ytdlp._posts import limit_items

MP4 = b"\0\0\0\x20ftypisom" + bytes(100)


def video(path: Path, content: bytes = MP4, **more: object) -> dict[str, Any]:
    path.write_bytes(content)
    return {"id": path.stem, "title": f"Title of {path.stem}", "requested_downloads": [{"filepath": str(path)}], **more}


def test_the_files_of_all_entries_come_in_order_and_by_name(tmp_path: Path) -> None:
    entries = [video(tmp_path / "b.mp4"), video(tmp_path / "a.m4a", vcodec="none"), None]
    result = result_of({"entries": entries}, ())
    assert [(file.path.name, file.kind, file.name) for file in result.files] == [
        ("b.mp4", "video", "Title of b.mp4"),
        ("a.m4a", "audio", "Title of a.m4a"),
    ]
    assert result.media.title == "Title of b"


def test_an_mp4_without_a_picture_is_sound(tmp_path: Path) -> None:
    result = result_of(video(tmp_path / "a.mp4", vcodec="none"), ())
    assert result.files[0].kind == "audio"


@pytest.mark.parametrize("info", [None, {"entries": []}, {"id": "1", "title": "x"}])
def test_an_end_without_files_is_nothing_found(info: dict[str, Any] | None) -> None:
    with pytest.raises(NothingFoundError):
        result_of(info, ())


@pytest.mark.parametrize("content", [None, b""])
def test_a_file_that_was_promised_and_is_missing_is_the_engines_fault(tmp_path: Path, content: bytes | None) -> None:
    info = video(tmp_path / "a.mp4", content or b"")
    if content is None:
        (tmp_path / "a.mp4").unlink()
    with pytest.raises(EngineBrokenError):
        result_of(info, ())


@pytest.mark.parametrize(
    "text", [b"<!DOCTYPE html><p>", b"\xef\xbb\xbf\n <html>", b"#EXTM3U\n", b"ffconcat version 1.0\n", b'{"error": 1}']
)
def test_a_text_is_no_media_file(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(FileRejectedError):
        result_of(video(tmp_path / "a.mp4", text), ())


def test_a_list_in_pages_is_a_playlist() -> None:
    pages = OnDemandPagedList(lambda number: [{"id": number}], 30)
    with pytest.raises(UnsupportedUrlError):
        limit_items({"_type": "playlist", "extractor_key": "Some", "entries": pages})


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/@owl",
        "https://youtu.be/",
        "https://www.youtube.com/embed/videoseries?list=PL1",
        "https://x.com/owl",
    ],
)
def test_an_address_of_a_known_site_that_names_no_post_has_no_other_form(url: str) -> None:
    assert alias_of(parse_link(url)) is None
