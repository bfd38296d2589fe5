"""What the plugin `media` costs where nothing has to be done: its worker's CPU time for a file that fits and plays.

Without the plugin no worker is started, so all of it is the plugin's. A photo that loses its metadata is inspected once
more; its number has both workers. ``python -m benchmarks.media_untouched [--short]``; a run that is not short writes
`results/media_untouched.md`.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from PIL import Image

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.plugin import FileToInspect, find_ffmpeg, format_size
from boss_bot_core.worker import InspectJob, Inspector, PostProcessFinished, PostProcessJob, WorkerJob, Zygote
from boss_bot_media.testing import AAC, H264, ClipMaker

RESULTS: Final = Path(__file__).parent / "results" / "media_untouched.md"
GOAL_MS: Final = 50
_TICKS: Final = os.sysconf("SC_CLK_TCK")


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


def read_cpu_s(pid: int) -> float:
    """Return the CPU time of the zygote and of the workers that have ended, and of this process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / _TICKS + time.process_time()


async def run_job(zygote: Zygote, job: WorkerJob) -> object:
    """Run one job in a worker and return its last event."""
    last = None
    async with await zygote.spawn(job) as worker:
        async for event in worker.read_events():
            last = event
    return last


async def post_process(zygote: Zygote, path: Path, directory: Path) -> bool:
    """Process a file as the stage does, and return whether it is still the same file."""
    job = PostProcessJob(files=(path,), directory=directory, max_file_size_bytes=50 * MEGABYTE, ffmpeg=find_ffmpeg())
    finished = await run_job(zygote, job)
    if not isinstance(finished, PostProcessFinished):
        raise TypeError(f"the worker ended with {finished}")
    result = finished.result.files[0].path
    if result != path:
        inspected = FileToInspect[None](path=result, kind="any", size_bytes=result.stat().st_size)
        await run_job(zygote, InspectJob(files=(inspected,), inspectors=(Inspector(plugin="verification"),)))
    return result == path


async def measure(files: Sequence[Path], rounds: int) -> list[str]:
    """Return a row of the table for each file."""
    rows = []
    async with Zygote() as zygote:
        await zygote.wait_until_ready()
        for path in files:
            with tempfile.TemporaryDirectory() as name:
                await post_process(zygote, path, Path(name))  # the first one makes the pages of the zygote its own
                started = read_cpu_s(zygote.pid or 0)
                kept = [await post_process(zygote, path, Path(name)) for _ in range(rounds)]
                cpu_ms = (read_cpu_s(zygote.pid or 0) - started) / rounds * 1000
            state = "the same file" if all(kept) else "without metadata"
            rows.append(f"| {path.name} | {format_size(path.stat().st_size)} | {state} | {cpu_ms:.0f} ms |")
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
            f"CPU time of all processes for one file, means of {rounds} rounds; the goal is {GOAL_MS} ms.",
            "A photo that loses its metadata is inspected once more, which decodes it: most of its time is that.",
            "",
            "| File | Size | Result | CPU time |",
            "|---|---|---|---|",
            *rows,
        ]
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
