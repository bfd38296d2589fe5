"""How well pictures are made to fit and be shown: the size, the similarity and the CPU time of each case.

``python -m benchmarks.media_images [--short]``; a run that is not short writes `results/media_images.md`.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import attrs
import pillow_heif
from PIL import Image, ImageOps

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.plugin import FileTooLargeError, format_size
from boss_bot_media.images.similarity import measure_ssim
from boss_bot_media.testing import Converter

RESULTS: Final = Path(__file__).parent / "results" / "media_images.md"
LIMITS_MB: Final = (1, 2, 8)


@attrs.frozen(kw_only=True)
class Row:
    """One picture at one limit.

    Attributes:
        name: Name of the file.
        size_bytes: Its size.
        limit_bytes: The destination's limit.
        result: What came out, in words.
    """

    name: str
    size_bytes: int
    limit_bytes: int
    result: str

    def to_line(self) -> str:
        """Return the row of the table."""
        return f"| {self.name} | {format_size(self.size_bytes)} | {format_size(self.limit_bytes)} | {self.result} |"


def draw(width: int, height: int) -> Image.Image:
    """Return a picture with edges, areas and a little noise."""
    shapes = Image.effect_mandelbrot((width, height), (-2, -1.5, 1, 1.5), 80).convert("RGB")
    noise = Image.effect_noise((width // 2, height // 2), 50).resize((width, height)).convert("RGB")
    slope = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    return Image.blend(Image.blend(shapes, noise, 0.2), slope, 0.4)


def make_pictures(folder: Path, *, short: bool) -> Iterator[Path]:
    """Yield pictures of every format, most of them larger than the smallest limit."""
    picture = draw(1200, 900) if short else draw(2800, 2100)
    exif = Image.Exif()
    exif[0x0112] = 6
    veiled = picture.resize((1600, 1200)).convert("RGBA")
    veiled.putalpha(Image.radial_gradient("L").resize(veiled.size))
    picture.save(folder / "photo.jpg", quality=95, exif=exif)
    picture.convert("CMYK").save(folder / "print.jpg", quality=95)
    picture.resize((2400, 1800)).save(folder / "drawing.png")
    picture.resize((2400, 1800)).save(folder / "scan.tiff")
    picture.resize((1600, 1200)).save(folder / "old.bmp")
    picture.save(folder / "photo.webp", quality=95)
    picture.save(folder / "photo.avif", quality=85)
    pillow_heif.from_pillow(picture).save(folder / "photo.heic", quality=90)
    veiled.save(folder / "veiled.png")
    yield from sorted(folder.iterdir())


def measure(source: Path, limit_bytes: int, directory: Path) -> Row:
    """Process one picture and describe the result."""
    started = time.process_time()
    try:
        (file,) = Converter(None, directory).run(source, limit_bytes=limit_bytes).files
    except FileTooLargeError as error:
        return Row(name=source.name, size_bytes=source.stat().st_size, limit_bytes=limit_bytes, result=str(error))
    cpu_s, size_bytes = time.process_time() - started, file.path.stat().st_size
    with Image.open(source) as original, Image.open(file.path) as result:
        upright = ImageOps.exif_transpose(original)
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        ssim = measure_ssim(upright.convert(mode).resize(result.size), result.convert(mode))
        what = f"{result.format} {result.width}x{result.height} | {format_size(size_bytes)}"
    share = f"{size_bytes / min(limit_bytes, 5 * MEGABYTE):.0%}"
    text = f"{what} | {share} | {ssim:.3f} | {cpu_s:.1f} s"
    return Row(name=source.name, size_bytes=source.stat().st_size, limit_bytes=limit_bytes, result=text)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="small pictures, nothing is written")
    short = parser.parse_args(arguments).short
    lines = [
        "# Pictures that are made to fit and be shown",
        "",
        "The share is that of the limit, or of the 5 MB that an encoded picture may have; SSIM at the result's size.",
        "",
        "| Picture | Size | Limit | Result | Size | Share | SSIM | CPU time |",
        "|---|---|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "pictures"
        folder.mkdir()
        for source in make_pictures(folder, short=short):
            for megabytes in LIMITS_MB:
                lines.append(measure(source, megabytes * MEGABYTE, Path(name) / "results").to_line())
                print(lines[-1])
    if not short:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
