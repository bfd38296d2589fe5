"""Fixtures: media files, made once by ffmpeg and Pillow for all tests of this folder."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import pillow_heif
import pytest
from PIL import Image

from boss_bot_core.plugin import ExtraFileType, FileFacts, FileToInspect
from boss_bot_core.plugin.download_result import FileKind
from boss_bot_core.verification.inspection import inspect_file

VIDEO = "-f lavfi -i testsrc=size=160x120:rate=10:duration=4"
SOUND = "-f lavfi -i sine=frequency=440:duration=4"
H264 = "-c:v libx264 -pix_fmt yuv420p -g 10"

STREAMS = {
    "clip.mp4": f"{VIDEO} {SOUND} {H264} -c:a aac",
    "faststart.mp4": f"{VIDEO} {SOUND} {H264} -c:a aac -movflags faststart",
    "fragments.mp4": f"{VIDEO} {SOUND} {H264} -c:a aac -movflags frag_keyframe+empty_moov",
    "silent.mp4": f"{VIDEO} {H264}",
    "clip.mov": f"{VIDEO} {H264}",
    "clip.webm": f"{VIDEO} {SOUND} -c:v libvpx -g 10 -c:a libopus",
    "clip.mkv": f"{VIDEO} {SOUND} {H264} -c:a aac",
    "clip.ts": f"{VIDEO} {SOUND} {H264} -c:a aac",
    "clip.avi": f"{VIDEO} -c:v mpeg4",
    "clip.flv": f"{VIDEO} -c:v flv",
    "indexed.mp4": f"{VIDEO} {H264} -movflags dash+global_sidx",
    "clip.wmv": f"{VIDEO} {SOUND} -c:v wmv2 -c:a wmav2",
    "clip.mpg": f"{VIDEO} -r 25 {SOUND} -c:v mpeg2video -c:a mp2",
    "clip.ogv": f"{VIDEO} {SOUND} -c:v libtheora -g 10 -c:a libvorbis",
    "song.mp3": f"{SOUND} -c:a libmp3lame",
    "song.aac": f"{SOUND} -c:a aac",
    "song.m4a": f"{SOUND} -c:a aac",
    "song.ogg": f"{SOUND} -c:a libvorbis",
    "song.opus": f"{SOUND} -c:a libopus",
    "song.flac": f"{SOUND} -c:a flac",
    "song.wav": f"{SOUND}",
    "large.wav": f"{SOUND} -rf64 always",
    "song.webm": f"{SOUND} -c:a libopus",
}

InspectPath = Callable[..., FileFacts]


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one file of each kind; tests must not change it."""
    folder = tmp_path_factory.mktemp("media")
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    for name, recipe in STREAMS.items():
        command = [ffmpeg, "-v", "error", "-y", *recipe.split(), str(folder / name)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=60)
    # A rotated video, and a song with a cover image.
    rotated = ["-display_rotation", "90", "-i", str(folder / "clip.mp4"), "-c", "copy", str(folder / "rotated.mp4")]
    cover = "-f lavfi -i color=size=32x32:rate=1:duration=1 -map 0 -map 1 -frames:v 1 -c:v mjpeg -c:a copy"
    covered = [
        "-i",
        str(folder / "song.mp3"),
        *cover.split(),
        "-disposition:v",
        "attached_pic",
        str(folder / "cover.mp3"),
    ]
    for arguments in (rotated, covered):
        subprocess.run([ffmpeg, "-v", "error", *arguments], check=True, stdin=subprocess.DEVNULL, timeout=60)
    noise = [Image.effect_noise((64, 48), 80).convert("RGB") for _ in range(5)]
    for extension in ("jpg", "png", "gif", "webp", "avif", "bmp", "tiff"):
        noise[0].save(folder / f"picture.{extension}")
    pillow_heif.from_pillow(noise[0]).save(folder / "picture.heic")
    for extension in ("gif", "webp", "png"):
        noise[0].save(folder / f"moving.{extension}", save_all=True, append_images=noise[1:], duration=100)
    noise[0].save(folder / "progressive.jpg", progressive=True)
    noise[0].save(folder / "pages.tiff", save_all=True, append_images=noise[1:])
    # Two images in one file, as phone cameras make them.
    noise[0].save(folder / "double.jpg", format="MPO", save_all=True, append_images=noise[1:2])
    return folder


@pytest.fixture
def media_files(media: Path) -> list[Path]:
    """Return every file of the media folder."""
    return sorted(media.iterdir())


@pytest.fixture
def inspect_path() -> InspectPath:
    """Return a function that inspects a file."""

    def run(path: Path, kind: FileKind = "any", extra_types: tuple[ExtraFileType, ...] = ()) -> FileFacts:
        size_bytes = path.stat().st_size
        return inspect_file(FileToInspect(path=path, kind=kind, size_bytes=size_bytes, extra_types=extra_types))

    return run
