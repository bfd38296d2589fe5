"""The steps of one file in workers, as the stages of a job run them, and their CPU time."""

import os
import time
from pathlib import Path
from typing import Final

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.pipeline.stages.conversion_output import carry_out
from boss_bot_core.plugin import FileToInspect, find_ffmpeg
from boss_bot_core.worker import (
    InspectFinished,
    InspectJob,
    Inspector,
    PostProcessFinished,
    PostProcessJob,
    WorkerJob,
    Zygote,
)

_TICKS: Final = os.sysconf("SC_CLK_TCK")


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


async def process(zygote: Zygote, path: Path, directory: Path, *, with_plugin: bool) -> bool:
    """Inspect and post-process a file as the stages do, and return whether it is still the same file."""
    job = PostProcessJob(files=(path,), directory=directory, max_file_size_bytes=50 * MEGABYTE, ffmpeg=find_ffmpeg())
    inspected = await inspect(zygote, path, job if with_plugin else None)
    if not with_plugin:
        return True
    if inspected.plan is not None:
        return carry_out(inspected.plan, [path], directory).files[0].path == path
    finished = await run_job(zygote, job)
    if not isinstance(finished, PostProcessFinished):
        raise TypeError(f"the worker ended with {finished}")
    result = finished.result.files[0].path
    if result != path:
        await inspect(zygote, result, None)
    return result == path


async def inspect(zygote: Zygote, path: Path, conversion: PostProcessJob | None) -> InspectFinished:
    """Inspect a file in a worker."""
    finished = await run_job(zygote, build_inspection(path, conversion))
    if not isinstance(finished, InspectFinished):
        raise TypeError(f"the worker ended with {finished}")
    return finished


def build_inspection(path: Path, conversion: PostProcessJob | None) -> InspectJob:
    """Return the job that inspects a file."""
    file = FileToInspect[None](path=path, kind="any", size_bytes=path.stat().st_size)
    return InspectJob(files=(file,), inspectors=(Inspector(plugin="verification"),), conversion=conversion)
