"""What the plugin made plays in a real browser: its length, a decoded frame, and its sound."""

from pathlib import Path

import av
import pillow_heif
import pytest
from PIL import Image, ImageOps

from boss_bot_media.images.similarity import measure_ssim
from boss_bot_media.testing import AAC, H264, ClipMaker, Converter

from .conftest import ShowFile

pytestmark = pytest.mark.browser

SCENE = "testsrc2=s=160x90:r=15"
VIDEOS = {
    "high.mkv": ("-c:v", "libx264", "-pix_fmt", "yuv422p10le", *AAC),
    "hevc.mp4": ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error", *AAC),
    "stream.ts": (*H264, *AAC),
    "old.avi": ("-c:v", "mpeg4", "-c:a", "libmp3lame"),
    "clip.webm": ("-c:v", "libvpx", "-c:a", "libopus"),
    "index.mp4": (*H264, *AAC),
}
SOUNDS = {
    "song.wav": (),
    "song.flac": ("-c:a", "flac"),
    "song.mp3": ("-c:a", "libmp3lame"),
    "song.ogg": ("-c:a", "libvorbis"),
}
PICTURES = ["photo.heic", "photo.avif", "photo.tiff", "photo.bmp", "turned.jpg", "cmyk.jpg", "alpha.avif", "huge.png"]


def read_middle_frames(path: Path) -> list[Image.Image]:
    """Return the three frames in the middle: which one a browser shows there depends on its clock."""
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))
        middle = len(frames) // 2
        return [frame.to_image() for frame in frames[middle - 1 : middle + 2]]  # type: ignore[no-untyped-call] # PyAV's


@pytest.mark.parametrize("name", VIDEOS)
def test_a_video_plays(clips: ClipMaker, converter: Converter, show_file: ShowFile, name: str) -> None:
    source = clips.make(f"playback-{name}", *VIDEOS[name], picture=SCENE)
    (file,) = converter.run(source).files
    shown = show_file(file.path)
    assert shown.duration_s == pytest.approx(2, abs=0.1)
    assert shown.played_s == pytest.approx(2, abs=0.1)
    assert shown.picture is not None
    assert shown.picture.size == (160, 90)
    assert max(measure_ssim(frame, shown.picture) for frame in read_middle_frames(source)) > 0.7


def test_a_video_that_was_too_large_plays(clips: ClipMaker, converter: Converter, show_file: ShowFile) -> None:
    source = clips.make("playback-large.mp4", *H264, *AAC, size="320x180", length_s=4)
    limit_bytes = source.stat().st_size // 2
    (file,) = converter.run(source, limit_bytes=limit_bytes).files
    assert file.path.stat().st_size <= limit_bytes
    shown = show_file(file.path)
    assert shown.duration_s == pytest.approx(4, abs=0.1)
    assert shown.played_s == pytest.approx(4, abs=0.1)


@pytest.mark.parametrize("name", SOUNDS)
def test_a_sound_plays(clips: ClipMaker, converter: Converter, show_file: ShowFile, name: str) -> None:
    source = clips.folder / f"playback-{name}"
    clips.run("-f", "lavfi", "-i", "sine=f=440:r=44100:duration=3", *SOUNDS[name], str(source))
    limit_bytes = source.stat().st_size // 2 if name.endswith(("wav", "flac")) else 10_000_000
    (file,) = converter.run(source, limit_bytes=limit_bytes).files
    shown = show_file(file.path)
    assert shown.duration_s == pytest.approx(3, abs=0.1)
    assert shown.sound_s == pytest.approx(3, abs=0.1)
    assert shown.peak is not None
    assert shown.peak > 0.05


def make_picture(folder: Path, name: str) -> Path:
    path = folder / name
    picture = Image.effect_mandelbrot((320, 240), (-2, -1.5, 1, 1.5), 60).convert("RGB")
    picture = Image.blend(picture, Image.linear_gradient("L").resize(picture.size).convert("RGB"), 0.4)
    if name.startswith("turned"):
        exif = Image.Exif()
        exif[0x0112] = 6
        picture.save(path, exif=exif)
    elif name.startswith("cmyk"):
        picture.convert("CMYK").save(path)
    elif name.startswith("alpha"):
        picture.putalpha(Image.radial_gradient("L").resize(picture.size))
        picture.save(path)
    elif path.suffix == ".heic":
        pillow_heif.from_pillow(picture).save(path)
    else:
        picture.save(path)
    return path


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_shown(tmp_path: Path, converter: Converter, show_file: ShowFile, name: str) -> None:
    source = make_picture(tmp_path, name)
    limit_bytes = source.stat().st_size // 2 if name == "huge.png" else 10_000_000
    (file,) = converter.run(source, limit_bytes=limit_bytes).files
    picture = show_file(file.path).picture
    assert picture is not None
    with Image.open(source) as original:
        upright = ImageOps.exif_transpose(original)
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        assert measure_ssim(upright.convert(mode).resize(picture.size), picture.convert(mode)) > 0.9


@pytest.mark.parametrize(("extension", "suffix", "share"), [("avif", ".webp", 20.0), ("gif", ".mp4", 0.9)])
def test_an_animation_is_shown(
    tmp_path: Path, converter: Converter, show_file: ShowFile, extension: str, suffix: str, share: float
) -> None:
    source = tmp_path / f"moving.{extension}"
    first, *others = [make_frame(step) for step in range(10)]
    first.save(source, save_all=True, append_images=others, duration=100, loop=0)
    (file,) = converter.run(source, limit_bytes=int(source.stat().st_size * share)).files
    assert file.path.suffix == suffix
    shown = show_file(file.path)
    assert shown.picture is not None
    assert shown.picture.size == (96, 72)
    if suffix == ".mp4":
        assert shown.played_s == pytest.approx(1, abs=0.1)


def make_frame(step: int) -> Image.Image:
    noise = Image.effect_noise((24, 18), 90).resize((96, 72)).convert("RGB")
    return Image.blend(noise, Image.linear_gradient("L").resize((96, 72)).rotate(step * 20).convert("RGB"), 0.5)
