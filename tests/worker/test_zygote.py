"""The zygote as the bot uses it."""

import time

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin import Progress
from boss_bot_core.worker import DownloadFinished, Zygote
from tests.worker.conftest import MakeJob, run


async def test_a_download_comes_back_with_its_files(zygote: Zygote, make_job: MakeJob) -> None:
    job = make_job("fetch")
    events = await run(zygote, job)
    assert isinstance(events[-1], DownloadFinished)
    [file] = events[-1].result.files
    assert file.path == job.directory / "file.bin"
    assert events[-2] == Progress(downloaded_bytes=1000, total_bytes=1000)
    assert len(events) <= 5


async def test_kill(zygote: Zygote, make_job: MakeJob) -> None:
    async with await zygote.spawn(make_job("sleep")) as worker:
        events = worker.events()
        await anext(events)
        began = time.perf_counter()
        await worker.kill()
        exit = await worker.wait()
        print(time.perf_counter() - began, exit)
        print([e async for e in events])


async def test_match(zygote: Zygote) -> None:
    for _ in range(5):
        began = time.perf_counter()
        claims = await zygote.match(
            Link(url="https://trial.example/x", scheme="https", host="trial.example", path="/x")
        )
        print(time.perf_counter() - began, claims)
