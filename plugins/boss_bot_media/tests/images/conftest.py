"""Fixtures: pictures that are made once for all tests of this folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageCms

from boss_bot_media._settings import MediaSettings
from boss_bot_media.images.conversion import ImageConversion
from boss_bot_media.images.process import process_image
from boss_bot_media.outcome import Outcome

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LARGE_BYTES = 5_000_000
SECRET = b"Secret Street 5"

pillow_heif.register_heif_opener()  # the plugin's own decoder, registered later, reads what this one writes

ProcessPicture = Callable[..., Outcome]


def draw(width: int = 320, height: int = 240) -> Image.Image:
    """Return a picture with edges, areas and some noise, different in its four corners."""
    shapes = Image.effect_mandelbrot((width, height), (-2, -1.5, 1, 1.5), 60).convert("RGB")
    noise = Image.effect_noise((width // 4, height // 4), 60).resize((width, height)).convert("RGB")
    slope = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    return Image.blend(Image.blend(shapes, noise, 0.3), slope, 0.4)


def make_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    return exif


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with pictures of every format; tests must not change it."""
    folder = tmp_path_factory.mktemp("pictures")
    picture = draw()
    see_through = picture.convert("RGBA")
    see_through.putalpha(Image.radial_gradient("L").resize(picture.size))
    frames = [picture.resize((96, 72)).rotate(turn * 15) for turn in range(6)]
    veiled = [see_through.resize((96, 72)).rotate(turn * 15) for turn in range(6)]
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
    for extension in ("jpg", "png", "gif", "webp", "avif", "bmp", "tiff", "heic"):
        picture.save(folder / f"plain.{extension}")
    picture.save(folder / "tagged.jpg", exif=make_exif(), xmp=xmp, icc_profile=PROFILE, comment=SECRET)
    picture.save(folder / "progressive.jpg", exif=make_exif(), progressive=True, icc_profile=PROFILE)
    picture.save(folder / "double.jpg", format="MPO", save_all=True, append_images=[picture], exif=make_exif())
    picture.save(folder / "tagged.png", exif=make_exif(), icc_profile=PROFILE)
    picture.save(folder / "tagged.webp", exif=make_exif(), xmp=xmp, icc_profile=PROFILE)
    picture.save(folder / "tagged.gif", comment=SECRET)
    Image.new("L", (8, 8), 90).save(folder / "tiny.png")
    picture.convert("CMYK").save(folder / "cmyk.jpg")
    picture.save(folder / "lossless.webp", lossless=True)
    for extension in ("png", "webp", "avif"):
        see_through.save(folder / f"alpha.{extension}")
    moving: dict[str, Any] = {
        "save_all": True,
        "append_images": frames[1:],
        "duration": [40, 120, 80, 40, 120, 80],
        "loop": 0,
    }
    for extension in ("gif", "png", "webp", "avif"):
        frames[0].save(folder / f"moving.{extension}", **moving)
    frames[0].save(folder / "moving_tagged.gif", comment=SECRET, **moving)
    frames[0].save(folder / "moving_tagged.png", exif=make_exif(), **moving)
    frames[0].save(folder / "moving_tagged.webp", exif=make_exif(), xmp=xmp, **moving)
    veiled[0].save(folder / "moving_alpha.png", **(moving | {"append_images": veiled[1:]}))
    return folder


@pytest.fixture
def process_picture(tmp_path: Path) -> ProcessPicture:
    """Return a function that processes a picture."""

    def run(path: Path, limit_bytes: int = LARGE_BYTES, settings: MediaSettings | None = None) -> Outcome:
        conversion = ImageConversion(
            source=path,
            directory=tmp_path / "out",
            limit_bytes=limit_bytes,
            encoded_limit_bytes=limit_bytes,
            settings=settings or MediaSettings(),
        )
        return process_image(conversion)

    return run
