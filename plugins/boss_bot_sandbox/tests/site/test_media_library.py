"""The media library, checked by decoding its files with PyAV and Pillow."""

import io
import re
from pathlib import Path

import av
import pytest
from PIL import Image

from boss_bot_sandbox.site import MediaLibrary
from boss_bot_sandbox.site.media.payload import PaddedMp4, read_chunks


@pytest.fixture
def library(site_directory: Path) -> MediaLibrary:
    return MediaLibrary(site_directory / "media")


def _codecs(source: str | io.BytesIO) -> dict[str, str]:
    """Decode all frames and return stream type -> codec."""
    found: dict[str, str] = {}
    with av.open(source, mode="r") as container:
        for frame in container.decode():
            assert frame is not None
        for stream in container.streams:
            found[stream.type] = stream.codec_context.name
        assert container.duration is None or container.duration == pytest.approx(2_000_000, rel=0.1)
    return found


@pytest.mark.parametrize(
    ("name", "codecs"),
    [
        ("clip.mp4", {"video": "h264", "audio": "aac"}),
        ("clip-640x360.mp4", {"video": "h264", "audio": "aac"}),
        ("silent.mp4", {"video": "h264"}),
        ("audio.m4a", {"audio": "aac"}),
        ("clip.webm", {"video": "vp9", "audio": "opus"}),
        ("tone.mp3", {"audio": "mp3"}),
    ],
)
def test_a_clip_has_the_expected_codecs(library: MediaLibrary, name: str, codecs: dict[str, str]) -> None:
    found = _codecs(str(library.path(name)))
    assert {kind: re.sub(r"^lib|-?vpx-|float$", "", codec) for kind, codec in found.items()} == codecs


def test_a_padded_clip_still_plays(library: MediaLibrary) -> None:
    payload = PaddedMp4(library.read("clip.mp4"), 2_000_000)
    body = b"".join(read_chunks(payload, 0, payload.size_bytes))
    assert len(body) == 2_000_000
    assert _codecs(io.BytesIO(body)) == {"video": "h264", "audio": "aac"}


@pytest.mark.parametrize("name", ["photo-1.jpg", "photo-1.png", "photo-1.webp"])
def test_a_picture_can_be_opened(library: MediaLibrary, name: str) -> None:
    with Image.open(library.path(name)) as picture:
        picture.load()
        assert picture.size == (320, 240)


def test_numbered_pictures_differ(library: MediaLibrary) -> None:
    assert len({library.read(f"photo-{number}.jpg") for number in range(30)}) == 30


def test_the_gif_is_animated(library: MediaLibrary) -> None:
    with Image.open(library.path("animation.gif")) as picture:
        assert getattr(picture, "n_frames", 1) == 8


@pytest.mark.parametrize("package", ["hls-clear", "hls-encrypted", "hls-audio", "hls-video"])
def test_a_playlist_can_be_decoded(library: MediaLibrary, package: str, tmp_path: Path) -> None:
    folder = library.package(package)
    assert len(list(folder.glob("segment-*.ts"))) >= 2
    playlist = (folder / "playlist.m3u8").read_text().replace("KEY-ADDRESS", (folder / "key.bin").as_uri())
    local = folder / f"local-{tmp_path.name}.m3u8"
    local.write_text(playlist)
    with av.open(str(local), options={"allowed_extensions": "ALL", "protocol_whitelist": "file,crypto"}) as container:
        assert sum(1 for _ in container.decode()) > 40


def test_the_segments_of_a_dash_stream_can_be_decoded(library: MediaLibrary) -> None:
    folder = library.package("dash")
    for number, kind in enumerate(("video", "audio")):
        pieces = [folder / f"init-stream{number}.m4s", *sorted(folder.glob(f"chunk-stream{number}-*.m4s"))]
        assert len(pieces) > 2
        body = io.BytesIO(b"".join(piece.read_bytes() for piece in pieces))
        assert kind in _codecs(body)


def test_the_png_bomb_is_a_small_file_with_a_huge_picture(library: MediaLibrary) -> None:
    assert library.path("bomb.png").stat().st_size < 200_000
    with pytest.raises(Image.DecompressionBombError):
        Image.open(library.path("bomb.png"))


@pytest.mark.parametrize("name", ["truncated.mp4", "corrupt.mp4"])
def test_broken_clips_can_be_opened_but_not_decoded_completely(library: MediaLibrary, name: str) -> None:
    with av.open(str(library.path("clip.mp4"))) as container:
        whole = sum(1 for _ in container.decode(video=0))
    got = 0
    with av.open(str(library.path(name))) as container:
        try:
            for _ in container.decode(video=0):
                got += 1
        except av.FFmpegError:
            pass
    assert got < whole


def test_the_virus_test_string_is_exact(library: MediaLibrary) -> None:
    sample = library.read("eicar.jpg")
    assert len(sample) == 68
    assert b"EICAR" in sample


@pytest.mark.parametrize("name", ["nothing.mp4", "../secret", "", "hls-clear/../x", "hls-clear/..", "hls-clear/nope"])
def test_an_unknown_name_raises_a_lookup_error(library: MediaLibrary, name: str) -> None:
    with pytest.raises(LookupError):
        library.read(name)
