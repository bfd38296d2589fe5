"""What the plugin `media` costs where nothing has to be done: the CPU time for a file that fits and plays.

All workers of its inspection and its post-processing, with the plugin and without, in turn. ``python -m
benchmarks.media_overhead [--short]``; a run that is not short writes `results/media_overhead.md`.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from PIL import Image

from benchmarks.media_steps import process, read_cpu_s
from boss_bot_core.plugin import find_ffmpeg, format_size
from boss_bot_core.worker import Zygote
from boss_bot_media.testing import AAC, H264, ClipMaker

RESULTS: Final = Path(__file__).parent / "results" / "media_overhead.md"
GOAL_MS: Final = 50


def make_files(clips: ClipMaker) -> Iterator[Path]:
    """Yield files that fit and play, of the sizes that sites serve, and a photo with metadata."""
    folder = clips.folder
    photo = Image.effect_noise((1000, 750), 60).resize((4000, 3000)).convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = "a place"
    photo.save(folder / "photo.jpg", quality=88)
    photo.save(folder / "photo-with-metadata.jpg", quality=88, exif=exif)
    photo.resize((1600, 1200)).save(folder / "picture.png")
    frames = [Image.effect_noise((200, 150), 40).resize((480, 360)) for _ in range(30)]
    frames[0].save(folder / "animation.gif", save_all=True, append_images=frames[1:], duration=50)
    yield from sorted(folder.glob("*.*"))
    yield clips.make("video.mp4", *H264, *AAC, "-movflags", "+faststart", size="1280x720", fps=30, length_s=10)
    clips.run("-f", "lavfi", "-i", "sine=f=440:r=44100:duration=120", "-c:a", "libmp3lame", str(folder / "song.mp3"))
    yield folder / "song.mp3"


async def measure(files: Sequence[Path], rounds: int) -> list[str]:
    """Return a row of the table for each file."""
    rows = []
    async with Zygote() as zygote:
        await zygote.wait_until_ready()
        for path in files:
            cpu_ms = {False: 0.0, True: 0.0}
            with tempfile.TemporaryDirectory() as name:
                kept = await process(zygote, path, Path(name), with_plugin=True)
                for with_plugin in [False, True] * rounds:
                    started = read_cpu_s(zygote.pid or 0)
                    await process(zygote, path, Path(name), with_plugin=with_plugin)
                    cpu_ms[with_plugin] += (read_cpu_s(zygote.pid or 0) - started) / rounds * 1000
            state = "the same file" if kept else "without metadata"
            size, without, more = format_size(path.stat().st_size), cpu_ms[False], cpu_ms[True] - cpu_ms[False]
            rows.append(f"| {path.name} | {size} | {state} | {without:.0f} ms | {more:.0f} ms |")
            print(rows[-1])
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few rounds, nothing is written")
    is_short = parser.parse_args(arguments).short
    rounds = 3 if is_short else 20
    ffmpeg = find_ffmpeg()
    if ffmpeg is None:
        raise SystemExit("there is no ffmpeg")
    with tempfile.TemporaryDirectory() as folder:
        rows = asyncio.run(measure(list(make_files(ClipMaker(ffmpeg, Path(folder)))), rounds))
    if not is_short:
        text = [
            "# What the plugin media costs where nothing has to be done",
            "",
            f"CPU time of all processes for one file from its inspection on, means of {rounds} rounds in turn; the",
            f"goal is {GOAL_MS} ms. A photo that loses its metadata is decoded twice: as it came, and as it is stored.",
            "",
            "| File | Size | Result | Without the plugin | The plugin's |",
            "|---|---|---|---|---|",
            *rows,
        ]
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
