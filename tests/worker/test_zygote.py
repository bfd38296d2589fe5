"""Tests of the zygote: matching links, starting workers, and being replaced after its death."""

import asyncio
import os
import signal
import time
from contextlib import aclosing
from pathlib import Path

import pytest

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import EngineBrokenError, ErrorReport
from boss_bot_core.plugin import Described, FileFacts, FileToInspect, MediaInfo, Progress
from boss_bot_core.worker import (
    DownloadFinished,
    InspectFinished,
    InspectJob,
    Inspector,
    PostProcessFinished,
    PostProcessJob,
    Zygote,
    ZygoteStartError,
)
from tests.worker.conftest import OTHER_PLUGINS, MakeJob, MakeZygote, get_failure, is_alive, list_children, run_job


def _build_link(path: str) -> Link:
    return Link(url=f"https://trial.example{path}", scheme="https", host="trial.example", path=path)


async def test_a_download_returns_its_files_and_throttled_progress(zygote: Zygote, make_job: MakeJob) -> None:
    job = make_job("fetch")
    events = await run_job(zygote, job)
    assert isinstance(events[-1], DownloadFinished)
    assert [file.path for file in events[-1].result.files] == [job.directory / "file.bin"]
    assert events[0] == Described(media=MediaInfo(title="A title"))
    assert events[-2] == Progress(downloaded_bytes=1000, total_bytes=1000)
    assert len(events) <= 6


async def test_a_typed_error_is_reported_as_it_was_raised(zygote: Zygote, make_job: MakeJob) -> None:
    report = get_failure(await run_job(zygote, make_job("raise_not_found"))).report
    assert report == ErrorReport(kind="NotFoundError", message="It is gone.")


async def test_files_are_inspected_one_by_one(zygote: Zygote, tmp_path: Path) -> None:
    files = []
    for name in ("fine", "virus", "good"):
        (tmp_path / name).write_text(name)
        files.append(FileToInspect[None](path=tmp_path / name, kind="any", size_bytes=len(name)))
    [finished] = await run_job(zygote, InspectJob(files=tuple(files), inspectors=(Inspector(plugin="trial"),)))
    fine = FileFacts(mime_type="application/x-trial")
    rejected = ErrorReport(kind="FileRejectedError", message="It is dangerous.")
    assert finished == InspectFinished(outcomes=(fine, rejected, fine))


async def test_files_are_post_processed_into_a_folder(zygote: Zygote, tmp_path: Path) -> None:
    source, directory = tmp_path / "source.bin", tmp_path / "out"
    source.write_bytes(b"x" * 100)
    directory.mkdir()
    job = PostProcessJob(files=(source,), directory=directory, max_file_size_bytes=50)
    [finished] = await run_job(zygote, job)
    assert isinstance(finished, PostProcessFinished)
    assert [(file.path, file.source) for file in finished.result.files] == [(directory / "small-source.bin", source)]


async def test_a_link_is_matched(zygote: Zygote) -> None:
    [claim] = await zygote.match(_build_link("/post"))
    assert claim.match is not None
    assert claim.match.media_key == "trial:/post"


def _list_workers(zygote: Zygote) -> list[int]:
    assert zygote.pid is not None
    return list_children(zygote.pid)


async def test_links_are_matched_one_after_another_by_one_process(zygote: Zygote) -> None:
    for path in ("/one", "/two", "/three"):
        [claim] = await zygote.match(_build_link(path))
        assert claim.match is not None
        assert claim.match.media_key == f"trial:{path}"
    assert len(_list_workers(zygote)) == 1


async def test_concurrent_links_each_get_their_own_answer(zygote: Zygote) -> None:
    paths = [f"/{number}" for number in range(8)]
    claims = await asyncio.gather(*(zygote.match(_build_link(path)) for path in paths))
    assert [claim.match.media_key for [claim] in claims if claim.match] == [f"trial:{path}" for path in paths]


async def test_a_matcher_that_died_between_two_links_is_replaced(zygote: Zygote) -> None:
    await zygote.match(_build_link("/post"))
    [pid] = _list_workers(zygote)
    os.kill(pid, signal.SIGKILL)
    assert await zygote.match(_build_link("/post"))
    assert zygote.pid is not None
    os.kill(zygote.pid, signal.SIGKILL)
    assert await zygote.match(_build_link("/post"))


async def test_one_of_two_matchers_is_closed_when_the_slow_one_has_answered(zygote: Zygote) -> None:
    await zygote.match(_build_link("/post"))
    [slow] = _list_workers(zygote)
    os.kill(slow, signal.SIGSTOP)
    late = asyncio.create_task(zygote.match(_build_link("/late")))
    await asyncio.sleep(0)
    assert await zygote.match(_build_link("/other"))
    assert len(_list_workers(zygote)) == 2
    os.kill(slow, signal.SIGCONT)
    assert await late
    assert len(_list_workers(zygote)) == 1


async def test_a_matcher_is_replaced_after_many_links(make_zygote: MakeZygote) -> None:
    async with make_zygote() as zygote:
        pids = set()
        for number in range(1_010):
            assert await zygote.match(_build_link(f"/{number}"))
            pids.update(_list_workers(zygote))
        assert len(pids) == 2


async def test_a_plugin_that_crashes_on_a_link_affects_no_other_job(make_zygote: MakeZygote, make_job: MakeJob) -> None:
    async with make_zygote() as zygote, await zygote.spawn(make_job("report_slowly")) as running:
        pid = zygote.pid
        assert await zygote.match(_build_link("/post"))
        with pytest.raises(EngineBrokenError):
            await zygote.match(_build_link("/crash"))
        assert await zygote.match(_build_link("/post"))
        assert zygote.pid == pid
        async with aclosing(running.read_events()) as events:
            assert isinstance(await anext(events), Progress)


async def test_a_plugin_that_hangs_on_a_link_is_named_and_the_others_answer(make_zygote: MakeZygote) -> None:
    async with make_zygote(disabled=OTHER_PLUGINS - {"ytdlp"}) as zygote:
        await zygote.match(_build_link("/post"))
        [matcher] = _list_workers(zygote)
        results = {result.plugin: result for result in await zygote.match(_build_link("/hang.mp4"))}
        assert _list_workers(zygote) == [matcher]
    assert results["ytdlp"].match is not None
    assert results["trial"].error == "no answer within 2.0 s"
    assert "in bossbot_match_url" in (results["trial"].traceback or "")


async def test_jobs_end_and_a_new_zygote_starts_when_the_zygote_dies(zygote: Zygote, make_job: MakeJob) -> None:
    async with await zygote.spawn(make_job("report_slowly")) as worker, aclosing(worker.read_events()) as events:
        await anext(events)
        died = zygote.pid
        assert died is not None
        os.kill(died, signal.SIGKILL)
        rest = [event async for event in events]
    assert "died with its zygote" in get_failure(rest).report.message
    assert isinstance((await run_job(zygote, make_job("fetch")))[-1], DownloadFinished)
    assert zygote.pid != died


async def test_a_zygote_that_hangs_is_replaced(
    zygote: Zygote, make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boss_bot_core.worker.zygote_handle._FORK_TIMEOUT_S", 0.2)
    assert zygote.pid is not None
    os.kill(zygote.pid, signal.SIGSTOP)
    assert isinstance((await run_job(zygote, make_job("fetch")))[-1], DownloadFinished)


async def test_a_zygote_that_exceeds_its_start_timeout_raises_an_error(make_zygote: MakeZygote) -> None:
    with pytest.raises(ZygoteStartError):
        async with make_zygote(start_timeout_s=0.01):
            pass


async def test_ten_concurrent_workers_end_with_the_zygote(make_zygote: MakeZygote, make_job: MakeJob) -> None:
    async with make_zygote() as zygote:
        workers = [await zygote.spawn(make_job("report_slowly")) for _ in range(10)]
        pids = [worker.pid for worker in workers]
        began = time.monotonic()
    ends = await asyncio.gather(*(worker.wait() for worker in workers))
    assert time.monotonic() - began < 10
    assert all(end.code is None for end in ends)
    assert not any(is_alive(pid) for pid in pids)
    for worker in workers:
        async with worker:
            pass
