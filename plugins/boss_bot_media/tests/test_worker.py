"""The plugin in a real, confined worker: ffmpeg runs there, reports come out, and a cancelled worker takes it along."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from boss_bot_core.plugin import ConversionProgress
from boss_bot_core.worker import (
    Confinement,
    HookFailed,
    PostProcessFinished,
    PostProcessJob,
    Zygote,
    ZygoteOptions,
)
from boss_bot_media.testing import AAC, H264, ClipMaker

NOISE = ("-vf", "noise=alls=5:allf=t")


@pytest_asyncio.fixture
async def zygote() -> AsyncIterator[Zygote]:
    """A zygote with all plugins, whose workers are confined as the bot's are."""
    async with Zygote(ZygoteOptions(), confinement=Confinement()) as running:
        await running.wait_until_ready()
        yield running


def build_job(clip: Path, directory: Path, ffmpeg: Path, limit_bytes: int) -> PostProcessJob:
    directory.mkdir()
    return PostProcessJob(files=(clip,), directory=directory, max_file_size_bytes=limit_bytes, ffmpeg=ffmpeg, threads=2)


async def test_a_confined_worker_converts(zygote: Zygote, clips: ClipMaker, tmp_path: Path) -> None:
    clip = clips.make("large.mkv", *H264, *NOISE, *AAC, size="640x360", length_s=2)
    limit_bytes = clip.stat().st_size // 5
    async with await zygote.spawn(build_job(clip, tmp_path / "out", clips.ffmpeg, limit_bytes)) as worker:
        events = [event async for event in worker.read_events()]
    assert not [event for event in events if isinstance(event, HookFailed)]
    (finished,) = [event for event in events if isinstance(event, PostProcessFinished)]
    (file,) = finished.result.files
    assert 0.9 * limit_bytes <= file.path.stat().st_size <= limit_bytes
    assert [event for event in events if isinstance(event, ConversionProgress)]


async def test_a_killed_worker_takes_ffmpeg_along(zygote: Zygote, clips: ClipMaker, tmp_path: Path) -> None:
    clip = clips.make("long.mkv", *H264, *NOISE, *AAC, size="640x360", length_s=6)
    job = build_job(clip, tmp_path / "out", clips.ffmpeg, clip.stat().st_size // 2)
    async with await zygote.spawn(job) as worker:
        while not (found := list_programs(tmp_path / "out")):
            await asyncio.sleep(0.01)
        started = time.monotonic()
        await worker.kill()
        while any(Path(f"/proc/{pid}/exe").exists() for pid in found):
            await asyncio.sleep(0.002)
        elapsed_s = time.monotonic() - started
    # 50 ms on an idle machine.
    assert elapsed_s < 2


def list_programs(folder: Path) -> list[int]:
    """Return the processes with a path in this folder among their arguments."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder) in (process / "cmdline").read_text():
                found.append(int(process.name))
        except OSError:
            continue
    return found
