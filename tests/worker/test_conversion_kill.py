"""A cancelled conversion: the real ffmpeg of its worker is dead at once, and its limits are those of conversions."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from boss_bot_core.plugin import ConversionProgress, find_ffmpeg
from boss_bot_core.worker import PostProcessJob, Zygote
from tests.worker.conftest import build_confinement, is_alive

FFMPEG = find_ffmpeg()
KILLED_WITHIN_S = 0.05
NICENESS, MAX_NICENESS = 7, 19

pytestmark = pytest.mark.skipif(FFMPEG is None, reason="needs ffmpeg")


async def measure_kill_s(zygote: Zygote, job: PostProcessJob) -> float:
    """Return the seconds from the cancellation of a conversion until its ffmpeg is dead."""
    async with await zygote.spawn(job, build_confinement(niceness=NICENESS)) as worker:
        async for event in worker.read_events():
            assert isinstance(event, ConversionProgress), event
            program = int(event.filename)
            own = os.getpriority(os.PRIO_PROCESS, 0)
            assert os.getpriority(os.PRIO_PROCESS, program) == min(own + NICENESS, MAX_NICENESS)
            started_at = time.monotonic()
            await worker.kill()
            while is_alive(program):
                await asyncio.sleep(0.001)
            return time.monotonic() - started_at
    raise AssertionError("the worker reported nothing")


async def test_a_cancellation_kills_a_real_ffmpeg_within_50_ms(zygote: Zygote, tmp_path: Path) -> None:
    source, directory = tmp_path / "encoded.bin", tmp_path / "out"
    source.write_bytes(b"x")
    directory.mkdir()
    job = PostProcessJob(files=(source,), directory=directory, max_file_size_bytes=50, ffmpeg=FFMPEG)
    # The fastest of several: on a busy machine, this process itself may have to wait longer than that.
    assert min([await measure_kill_s(zygote, job) for _ in range(3)]) < KILLED_WITHIN_S
