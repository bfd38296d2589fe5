"""Tests of programs that a worker may start: ffmpeg and JavaScript runtimes run confined, and die with their worker."""

import asyncio
import os
import shutil
import signal
import sys
from pathlib import Path

import imageio_ffmpeg
import pytest

from boss_bot_core.worker import DownloadFinished, Zygote
from tests.worker.conftest import MakeJob, build_confinement, list_children, run_job, wait_until_dead

FFMPEG = Path(imageio_ffmpeg.get_ffmpeg_exe())
NODE = Path(shutil.which("node") or "/none").resolve()
PYTHON = Path(sys.executable).resolve()
BIG_ARRAY = "new Float64Array(1e6); console.log(6*7)"


async def _run_and_get_text(zygote: Zygote, make_job: MakeJob, operation: str, **changes: object) -> str:
    programs = changes.pop("programs", ())
    [*_, last] = await run_job(zygote, make_job(operation, **changes), build_confinement(programs=programs))
    assert isinstance(last, DownloadFinished), last
    return last.result.media.text or ""


async def test_a_worker_can_run_the_ffmpeg_of_its_job(zygote: Zygote, make_job: MakeJob) -> None:
    arguments = "-hide_banner|-f|lavfi|-i|testsrc=d=1:s=64x64|-c:v|libx264|out.mp4"
    job = make_job("run_program", ffmpeg=FFMPEG)
    text = await _run_and_get_text(
        zygote, make_job, f"run_program?program={FFMPEG}&argument={arguments}", ffmpeg=FFMPEG
    )
    assert text.startswith("done: 0 "), text
    assert (job.directory / "out.mp4").stat().st_size > 1000


async def test_an_ffmpeg_that_the_job_does_not_name_is_refused(zygote: Zygote, make_job: MakeJob) -> None:
    text = await _run_and_get_text(zygote, make_job, f"run_program?program={FFMPEG}&argument=-version")
    assert text.startswith("refused")


async def test_ffmpeg_cannot_write_outside_the_folder_of_the_job(
    zygote: Zygote, make_job: MakeJob, tmp_path: Path
) -> None:
    arguments = f"-hide_banner|-f|lavfi|-i|testsrc=d=1:s=64x64|{tmp_path}/out.mp4"
    text = await _run_and_get_text(
        zygote, make_job, f"run_program?program={FFMPEG}&argument={arguments}", ffmpeg=FFMPEG
    )
    assert "Permission denied" in text
    assert not (tmp_path / "out.mp4").exists()


@pytest.mark.skipif(not NODE.exists(), reason="needs node")
async def test_a_javascript_runtime_has_enough_address_space(zygote: Zygote, make_job: MakeJob) -> None:
    operation = f"run_program?program={NODE}&argument=-e|{BIG_ARRAY}"
    assert await _run_and_get_text(zygote, make_job, operation, programs=(NODE,)) == "done: 0 42\n"


async def test_a_program_dies_when_only_its_worker_is_killed(zygote: Zygote, make_job: MakeJob) -> None:
    operation = f"run_program?program={PYTHON}&argument=-c|import time;print(1);time.sleep(60)"
    async with await zygote.spawn(make_job(operation), build_confinement(programs=(PYTHON,))) as worker:
        while not (started := list_children(worker.pid)):
            await asyncio.sleep(0.01)
        os.kill(worker.pid, signal.SIGKILL)
        await wait_until_dead(started)
