"""Tests for safe file names: untrusted names become safe for every disk, terminal and message."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.storage import safe_filename
from boss_bot_core.storage.filenames import MAX_NAME_BYTES

extensions = st.sampled_from([".mp4", ".jpg", ".webm"])
positions = st.none() | st.integers(0, 500)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("funny_cat_video.mp4", "funny_cat_video.mp4"),
        ("funny cat video.MOV", "funny_cat_video.mp4"),
        ("v1.2 final", "v1.2_final.mp4"),
        ("v1.2", "v1.2.mp4"),
        ("s.m4v", "s.mp4"),
        ("s.M4V.mp4", "s.mp4"),
        ("photo.jpg.webp", "photo.mp4"),
        ("get.php", "get.mp4"),
        ("a" + ".mp4" * 2000, "a.mp4"),
        (".mp4", "file.mp4"),
        (None, "file.mp4"),
        ("", "file.mp4"),
        ("../../etc/passwd", "etc_passwd.mp4"),
        ("/absolute\\windows", "absolute_windows.mp4"),
        ("-rf", "rf.mp4"),
        (".bashrc", "bashrc.mp4"),
        ("a\0b\nc\td", "ab_c_d.mp4"),
        ("\u202egnp.exe", "gnp.exe.mp4"),
        ("zero\u200bwidth\ufeff", "zerowidth.mp4"),
        ("@everyone <@123> <#4> \uff20here", "everyone_123_4_here.mp4"),
        ("**bold** ~~x~~ `code` ||spoiler|| [a](http://b)", "bold_x_code_spoiler_a_http_b.mp4"),
        ("$(rm -rf ~); `id` | x", "rm_-rf_id_x.mp4"),
        ("con", "file_con.mp4"),
        ("COM\u00b9.txt", "file_COM1.txt.mp4"),
        ("\u00e9 cafe\u0301 \u732b \U0001f602", "\u00e9_caf\u00e9_\u732b_\U0001f602.mp4"),
        ("\u0301\u0301accent", "accent.mp4"),
        ("\ud800lone", "lone.mp4"),
        ("...", "file.mp4"),
    ],
)
def test_unsafe_names_become_safe(name: str | None, safe: str) -> None:
    assert safe_filename(name, ".mp4") == safe


@pytest.mark.parametrize(("extension", "safe"), [(".JPG", "x.jpg"), ("", "x.bin"), (".mp4/../x", "x.bin")])
def test_an_invalid_extension_is_replaced(extension: str, safe: str) -> None:
    assert safe_filename("x", extension) == safe


def test_a_long_name_is_cut_between_characters() -> None:
    name = safe_filename("\u732b" * 300, ".mp4", 11)
    assert name.endswith("\u732b_12.mp4")
    assert MAX_NAME_BYTES - 3 < len(name.encode()) <= MAX_NAME_BYTES


@given(st.text(), extensions, positions)
def test_every_name_is_safe(text: str, extension: str, position: int | None) -> None:
    name = safe_filename(text, extension, position)
    assert name.endswith(extension)
    assert Path(name).name == name
    assert len(name.encode()) <= MAX_NAME_BYTES
    assert name[0] not in ".-_"
    assert unicodedata.normalize("NFC", name) == name
    assert not set(name) & set("/\\:*?\"<>|@#`~$&;()[]{}!%^' \n\r\t\0")
    assert all(
        unicodedata.category(char)[0] in "LNM" or char in "._-" or unicodedata.category(char) == "So" for char in name
    )
    assert name.partition(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}


@given(st.text(), extensions)
def test_a_safe_name_is_unchanged(text: str, extension: str) -> None:
    name = safe_filename(text, extension)
    assert safe_filename(name, extension) == name


@given(st.lists(st.text(max_size=30), min_size=2, max_size=8), extensions)
def test_names_of_one_post_are_unique_without_regard_to_case(texts: list[str], extension: str) -> None:
    names = [safe_filename(text, extension, position) for position, text in enumerate(texts)]
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names}) == len(names)
