"""Tests for hostile files: no media, damaged files and decompression bombs are rejected, in bounded memory."""

import resource
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import imageio_ffmpeg
import pytest
from PIL import Image

from boss_bot_core.plugin import FileRejectedError
from boss_bot_core.verification import images
from tests.verification.conftest import InspectPath

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"


def build_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def build_png(width: int, height: int, data: bytes, *more: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = (build_chunk(b"IHDR", header), *more, build_chunk(b"IDAT", data), build_chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"<!doctype html><title>Please sign in</title>",
        b"\n\n  <HTML><body>",
        b"MZ" + bytes(58) + b"@\0\0\0PE\0\0" + bytes(512),
        b"\x7fELF\x02\x01\x01" + bytes(512),
        b"#!/bin/sh\nrm -rf /\n",
        EICAR,
        b"%PDF-1.4\n%%EOF",
        b'{"error": "not found"}',
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
        b"RIFF\xff\xff\xff\xffWEBPVP8 ",
        b"\0\0\0\x18ftypisom" + bytes(12),
        b"\x1a\x45\xdf\xa3" + bytes(100),
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        bytes(5000),
    ],
)
@pytest.mark.parametrize("name", ["picture.jpg", "clip.mp4", "file"])
def test_a_file_that_is_not_media_is_rejected(
    inspect_path: InspectPath, tmp_path: Path, content: bytes, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileRejectedError):
        inspect_path(path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            b'<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
            "SVG pictures .* run code",
        ),
        (b"<svg>" + b" " * 100 + b"</svg>", "SVG pictures .* run code"),
        (b"\xff\x0a" + bytes(100), "JPEG XL pictures .* no decoder"),
        (b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(100), "JPEG XL pictures .* no decoder"),
    ],
)
def test_a_picture_that_nobody_can_show_is_refused_with_the_reason(
    inspect_path: InspectPath, tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(content)
    with pytest.raises(FileRejectedError, match=reason):
        inspect_path(path)


@pytest.mark.parametrize("ending", ["mp4", "m3u8"])
@pytest.mark.parametrize(
    "playlist",
    [
        "#EXTM3U\n#EXTINF:4,\n{target}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile {target}\n",
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{target}</BaseURL></MPD>',
    ],
)
def test_a_playlist_cannot_refer_to_another_file(
    inspect_path: InspectPath, media: Path, tmp_path: Path, playlist: str, ending: str
) -> None:
    path = tmp_path / f"list.{ending}"
    path.write_text(playlist.format(target=media / "clip.ts"), encoding="utf-8")
    with pytest.raises(FileRejectedError):
        inspect_path(path)


def test_an_image_with_too_many_pixels_is_rejected_before_it_is_decoded(
    inspect_path: InspectPath, tmp_path: Path
) -> None:
    side = 30_000
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + side // 8)) for _ in range(side)) + packer.flush()
    path = tmp_path / "bomb.png"
    path.write_bytes(build_png(side, side, rows))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileRejectedError, match="more pixels"):
        inspect_path(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


def test_an_image_with_a_compressed_text_bomb_is_rejected(inspect_path: InspectPath, tmp_path: Path) -> None:
    bomb = build_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9))
    path = tmp_path / "text.png"
    path.write_bytes(build_png(8, 8, zlib.compress(bytes(16)), bomb))
    with pytest.raises(FileRejectedError):
        inspect_path(path)


def test_only_the_first_frames_of_a_long_animation_are_decoded(
    inspect_path: InspectPath, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert inspect_path(media / "moving.gif").duration_s == pytest.approx(0.5)
    monkeypatch.setattr(images, "_MAX_TOTAL_PIXELS", 3 * 64 * 48)
    assert inspect_path(media / "moving.gif").duration_s is None


def test_a_video_with_too_many_pixels_is_rejected(inspect_path: InspectPath, tmp_path: Path) -> None:
    path = tmp_path / "large.mp4"
    source = "-f lavfi -i color=size=16384x8192:rate=1:duration=1 -c:v mjpeg -frames:v 1"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *source.split(), str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=60)
    with pytest.raises(FileRejectedError):
        inspect_path(path)


@pytest.mark.parametrize("name", ["picture.jpg", "moving.gif", "clip.mp4", "song.mp3"])
def test_an_archive_appended_to_media_is_rejected(
    inspect_path: InspectPath, media: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes((media / name).read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("evil.js", "alert(1)")
    with pytest.raises(FileRejectedError, match="an archive"):
        inspect_path(path)


@pytest.mark.parametrize(
    ("text", "what"),
    [(b"<script>alert(1)</script>", "web page"), (b"%PDF-1.4", "PDF"), (EICAR, "test file"), (b"<?php x", "web page")],
)
def test_an_image_with_an_embedded_format_is_rejected(
    inspect_path: InspectPath, tmp_path: Path, text: bytes, what: str
) -> None:
    path = tmp_path / "polyglot.jpg"
    Image.new("RGB", (8, 8)).save(path, comment=text)
    with pytest.raises(FileRejectedError, match=what):
        inspect_path(path)


def test_media_with_overwritten_content_is_rejected(inspect_path: InspectPath, media: Path, tmp_path: Path) -> None:
    content = bytearray((media / "clip.mp4").read_bytes())
    start = content.index(b"mdat") + 4
    end = content.index(b"moov", start) - 4
    content[start:end] = bytes(byte ^ 0x5A for byte in content[start:end])
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    with pytest.raises(FileRejectedError, match="damaged"):
        inspect_path(path)


def test_a_hole_at_the_end_of_a_file_is_rejected(inspect_path: InspectPath, media: Path, tmp_path: Path) -> None:
    content = bytearray((media / "faststart.mp4").read_bytes())
    hole = len(content) * 4 // 10
    content[-hole:] = bytes(hole)
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    with pytest.raises(FileRejectedError, match="damaged"):
        inspect_path(path)
