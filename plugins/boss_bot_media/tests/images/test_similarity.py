"""SSIM by Pillow agrees with ffmpeg's, and sees what a person sees."""

import io
import re
import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest
from PIL import Image

from boss_bot_media.images.similarity import measure_ssim

from .conftest import draw


def encode(image: Image.Image, quality: int) -> Image.Image:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file)


def measure_with_ffmpeg(folder: Path, first: Image.Image, second: Image.Image) -> float:
    first.save(folder / "a.png")
    second.save(folder / "b.png")
    inputs = ["-i", str(folder / "a.png"), "-i", str(folder / "b.png")]
    graph = "[0]format=gray[a];[1]format=gray[b];[a][b]ssim"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), *inputs, "-lavfi", graph, "-f", "null", "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stderr
    found = re.search(r"All:([\d.]+)", text)
    assert found
    return float(found[1])


@pytest.mark.parametrize("quality", [90, 50, 10])
def test_the_similarity_is_that_of_ffmpeg(tmp_path: Path, quality: int) -> None:
    picture = draw(640, 1200)
    result = encode(picture, quality)
    assert measure_ssim(picture, result) == pytest.approx(measure_with_ffmpeg(tmp_path, picture, result), abs=0.01)


def test_equal_pictures_have_1_and_others_have_less() -> None:
    picture = draw()
    assert measure_ssim(picture, picture) == pytest.approx(1)
    assert measure_ssim(picture, encode(picture, 95)) > measure_ssim(picture, encode(picture, 30))
    assert measure_ssim(picture, Image.effect_noise(picture.size, 90)) < 0.3


def test_what_is_invisible_does_not_count() -> None:
    visible = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    assert measure_ssim(visible, Image.new("RGBA", (64, 64), (0, 0, 255, 0))) == pytest.approx(1)


def test_a_picture_without_a_whole_square_counts_as_equal() -> None:
    assert measure_ssim(Image.new("L", (7, 99), 0), Image.new("L", (7, 99), 255)) == 1
