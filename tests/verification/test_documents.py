"""Files that are no media, which a platform can declare: each is checked by its content, and refused otherwise."""

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from boss_bot_core.plugin import ExtraFileType, FileRejectedError
from tests.verification.conftest import InspectPath

ALL: tuple[ExtraFileType, ...] = ("pdf", "subtitles", "zip")
SRT = "1\n00:00:01,000 --> 00:00:02,500\n<i>Hello</i> & good-bye\n\n2\n00:00:03,000 --> 00:00:04,000\nÜ\n"
VTT = "WEBVTT - A film\n\n00:01.000 --> 00:02.500 align:start\n<v Ada>Hello</v>\n"

MakePdf = Callable[..., Path]
MakeZip = Callable[..., Path]


def draw_picture(kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    Image.effect_noise((64, 48), 80).convert("RGB").save(file, kind)
    return file.getvalue()


@pytest.fixture
def make_pdf(tmp_path: Path) -> MakePdf:
    """Return a function that writes a PDF document of two pages."""

    def make(*, before: bytes = b"", after: bytes = b"", cut_bytes: int = 0) -> Path:
        path = tmp_path / "book.pdf"
        pages = [Image.effect_noise((64, 48), 80).convert("RGB") for _ in range(2)]
        pages[0].save(path, save_all=True, append_images=pages[1:])
        content = path.read_bytes()
        path.write_bytes(before + content[: len(content) - cut_bytes] + after)
        return path

    return make


@pytest.fixture
def make_zip(tmp_path: Path) -> MakeZip:
    """Return a function that writes an archive with these entries."""

    def make(entries: dict[str, bytes], *, before: bytes = b"", after: bytes = b"") -> Path:
        path = tmp_path / "pictures.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in entries.items():
                archive.writestr(name, content)
        path.write_bytes(before + path.read_bytes() + after)
        return path

    return make


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "words.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_pdf_document_is_accepted_where_it_is_declared_only(inspect_path: InspectPath, make_pdf: MakePdf) -> None:
    facts = inspect_path(make_pdf(), extra_types=("pdf",))
    assert (facts.mime_type, facts.extension) == ("application/pdf", ".pdf")
    for declared in ((), ("subtitles", "zip")):
        with pytest.raises(FileRejectedError, match="no media"):
            inspect_path(make_pdf(), extra_types=declared)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"cut_bytes": 200}, "cut off"),
        ({"after": b"\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>\n%%EOF"}, "scripts, programs"),
        ({"after": b"\n1 0 obj<</S/Launch/F(calc.exe)>>\n%%EOF"}, "scripts, programs"),
        ({"before": b"%PDF-1.4\n<html><script>alert(1)</script>"}, "it is also a web page"),
        ({"before": b"MZ\x90\0"}, "no media"),
    ],
)
def test_a_dangerous_or_damaged_pdf_document_is_refused(
    inspect_path: InspectPath, make_pdf: MakePdf, changes: dict[str, bytes], reason: str
) -> None:
    with pytest.raises(FileRejectedError, match=reason):
        inspect_path(make_pdf(**changes), extra_types=ALL)


def test_a_pdf_document_that_is_also_an_archive_is_refused(
    inspect_path: InspectPath, make_pdf: MakePdf, make_zip: MakeZip
) -> None:
    archive = make_zip({"a.jpg": draw_picture()}).read_bytes()
    with pytest.raises(FileRejectedError, match="it is also an archive"):
        inspect_path(make_pdf(after=archive), extra_types=ALL)


@pytest.mark.parametrize(
    ("text", "mime_type", "extension"),
    [
        (SRT, "application/x-subrip", ".srt"),
        ("\ufeff" + SRT.replace("\n", "\r\n"), "application/x-subrip", ".srt"),
        (VTT, "text/vtt", ".vtt"),
        ("WEBVTT", "text/vtt", ".vtt"),
    ],
)
def test_subtitles_are_accepted_where_they_are_declared_only(
    inspect_path: InspectPath, tmp_path: Path, text: str, mime_type: str, extension: str
) -> None:
    facts = inspect_path(write(tmp_path, text), extra_types=("subtitles",))
    assert (facts.mime_type, facts.extension) == (mime_type, extension)
    with pytest.raises(FileRejectedError):
        inspect_path(write(tmp_path, text), extra_types=("pdf", "zip"))


@pytest.mark.parametrize(
    "text",
    [
        SRT + "<script>alert(1)</script>",
        VTT + "<svg onload=alert(1)>",
        VTT + "<!doctype html>",
        SRT + "\0",
        SRT.encode() + b"\xff",
        VTT + "x" * 4_200_000,
        "WEBVTTX\n\n00:01.000 --> 00:02.500\nHello\n",
        "just words",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "<!doctype html><title>Please sign in</title>",
        "#!/bin/sh\necho 1\n",
    ],
)
def test_words_that_are_no_subtitles_are_refused(inspect_path: InspectPath, tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(FileRejectedError):
        inspect_path(write(tmp_path, text), extra_types=ALL)


def test_an_archive_of_pictures_is_accepted_where_it_is_declared_only(
    inspect_path: InspectPath, make_zip: MakeZip
) -> None:
    path = make_zip({"pages/": b"", "pages/1.jpg": draw_picture(), "pages/2": draw_picture("PNG")})
    facts = inspect_path(path, extra_types=("zip",))
    assert (facts.mime_type, facts.extension) == ("application/zip", ".zip")
    with pytest.raises(FileRejectedError, match="no media"):
        inspect_path(path, extra_types=("pdf", "subtitles"))


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ({}, "no media|empty"),
        ({"folder/": b""}, "empty"),
        ({"1.jpg": draw_picture(), "run.exe": b"MZ" + bytes(100)}, "something else than pictures"),
        ({"1.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}, "something else than pictures"),
        ({"1.jpg": draw_picture()[:500]}, "something else than pictures, or a damaged one"),
        ({"../1.jpg": draw_picture()}, "outside of its own folder"),
        ({"/etc/1.jpg": draw_picture()}, "outside of its own folder"),
        ({"a\\..\\..\\1.jpg": draw_picture()}, "outside of its own folder"),
        ({f"{number}.jpg": b"x" for number in range(1_001)}, "more than is allowed"),
    ],
)
def test_an_archive_with_another_content_is_refused(
    inspect_path: InspectPath, make_zip: MakeZip, entries: dict[str, bytes], reason: str
) -> None:
    with pytest.raises(FileRejectedError, match=reason):
        inspect_path(make_zip(entries), extra_types=ALL)


def test_an_archive_with_data_before_it_or_a_link_is_refused(
    inspect_path: InspectPath, make_zip: MakeZip, tmp_path: Path
) -> None:
    picture = {"1.jpg": draw_picture()}
    hidden = make_zip(picture, before=make_zip(picture).read_bytes())
    with pytest.raises(FileRejectedError, match="data before its files"):
        inspect_path(hidden, extra_types=ALL)
    path = tmp_path / "link.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("1.jpg")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(FileRejectedError, match="something else than pictures"):
        inspect_path(path, extra_types=ALL)


def test_a_damaged_archive_is_refused(inspect_path: InspectPath, make_zip: MakeZip) -> None:
    path = make_zip({"1.jpg": draw_picture(), "2.jpg": draw_picture()})
    content = bytearray(path.read_bytes())
    content[300:400] = bytes(100)
    path.write_bytes(content)
    with pytest.raises(FileRejectedError, match="damaged"):
        inspect_path(path, extra_types=ALL)
    path.write_bytes(content[:-30])
    with pytest.raises(FileRejectedError, match="damaged"):
        inspect_path(path, extra_types=ALL)
