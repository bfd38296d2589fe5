"""Programs that a worker may start: ffmpeg and JavaScript runtimes work within the walls, and die with it."""

import asyncio
import os
import shutil
import signal
import sys
from pathlib import Path

import imageio_ffmpeg
import pytest

from boss_bot_core.worker import DownloadFinished, Zygote
from tests.worker.conftest import MakeJob, all_dead, children_of, confined_by, run

FFMPEG = Path(imageio_ffmpeg.get_ffmpeg_exe())
NODE = Path(shutil.which("node") or "/none").resolve()
PYTHON = Path(sys.executable).resolve()
BIG_ARRAY = "new Float64Array(1e6); console.log(6*7)"


async def _text(zygote: Zygote, make_job: MakeJob, deed: str, **changes: object) -> str:
    programs = changes.pop("programs", ())
    [*_, last] = await run(zygote, make_job(deed, **changes), confined_by(programs=programs))
    assert isinstance(last, DownloadFinished), last
    return last.result.media.text or ""


async def test_the_jobs_ffmpeg_works(zygote: Zygote, make_job: MakeJob) -> None:
    arguments = "-hide_banner|-f|lavfi|-i|testsrc=d=1:s=64x64|-c:v|libx264|out.mp4"
    job = make_job("start", ffmpeg=FFMPEG)
    text = await _text(zygote, make_job, f"start?program={FFMPEG}&argument={arguments}", ffmpeg=FFMPEG)
    assert text.startswith("done: 0 "), text
    assert (job.directory / "out.mp4").stat().st_size > 1000


async def test_an_ffmpeg_of_nobodys_choice_is_refused(zygote: Zygote, make_job: MakeJob) -> None:
    text = await _text(zygote, make_job, f"start?program={FFMPEG}&argument=-version")
    assert text.startswith("refused")


async def test_ffmpeg_cannot_leave_the_folder(zygote: Zygote, make_job: MakeJob, tmp_path: Path) -> None:
    arguments = f"-hide_banner|-f|lavfi|-i|testsrc=d=1:s=64x64|{tmp_path}/out.mp4"
    text = await _text(zygote, make_job, f"start?program={FFMPEG}&argument={arguments}", ffmpeg=FFMPEG)
    assert "Permission denied" in text
    assert not (tmp_path / "out.mp4").exists()


@pytest.mark.skipif(not NODE.exists(), reason="needs node")
async def test_a_javascript_runtime_has_the_room_it_needs(zygote: Zygote, make_job: MakeJob) -> None:
    deed = f"start?program={NODE}&argument=-e|{BIG_ARRAY}"
    assert await _text(zygote, make_job, deed, programs=(NODE,)) == "done: 0 42\n"


async def test_a_program_dies_with_its_worker_even_alone(zygote: Zygote, make_job: MakeJob) -> None:
    deed = f"start?program={PYTHON}&argument=-c|import time;print(1);time.sleep(60)"
    async with await zygote.spawn(make_job(deed), confined_by(programs=(PYTHON,))) as worker:
        while not (started := children_of(worker.pid)):
            await asyncio.sleep(0.01)
        os.kill(worker.pid, signal.SIGKILL)
        await all_dead(started)
