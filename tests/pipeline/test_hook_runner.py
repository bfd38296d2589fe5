"""Tests for workers with and without network: all but inspections must show signs of life."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from boss_bot_core.egress import AddressPolicy, EgressProxy
from boss_bot_core.errors import DownloadTimeoutError
from boss_bot_core.plugin import FileToInspect
from boss_bot_core.queue import DownloadQueue
from boss_bot_core.worker import (
    InspectFinished,
    InspectJob,
    Inspector,
    PostProcessFinished,
    PostProcessJob,
    WatchLimits,
    Zygote,
)
from tests.pipeline.hook_runners import build_hook_runner
from tests.pipeline.test_running_job import queue, start_job
from tests.worker.conftest import MakeJob, make_job, make_zygote, plugin_site, zygote

__all__ = ["make_job", "make_zygote", "plugin_site", "queue", "zygote"]


@pytest.fixture
async def proxy() -> AsyncIterator[EgressProxy]:
    async with EgressProxy(AddressPolicy(), {}) as proxy:
        yield proxy


def build_worker_job(tmp_path: Path, name: str) -> PostProcessJob:
    source, directory = tmp_path / name, tmp_path / "out"
    source.write_bytes(b"x" * 100)
    directory.mkdir()
    return PostProcessJob(files=(source,), directory=directory, max_file_size_bytes=50)


async def test_a_conversion_that_reports_progress_is_alive(
    zygote: Zygote, queue: DownloadQueue, tmp_path: Path
) -> None:
    hook_runner = build_hook_runner(zygote, WatchLimits(stall_s=1.2))
    result = await hook_runner.run(await start_job(queue), build_worker_job(tmp_path, "reported.bin"))
    assert isinstance(result, PostProcessFinished)


async def test_a_silent_conversion_is_killed(zygote: Zygote, queue: DownloadQueue, tmp_path: Path) -> None:
    hook_runner = build_hook_runner(zygote, WatchLimits(stall_s=0.2))
    with pytest.raises(DownloadTimeoutError, match="Nothing came"):
        await hook_runner.run(await start_job(queue), build_worker_job(tmp_path, "long.bin"))


async def test_an_inspection_may_be_silent(zygote: Zygote, queue: DownloadQueue, tmp_path: Path) -> None:
    path = tmp_path / "slow"
    path.write_bytes(b"sleep")
    hook_runner = build_hook_runner(zygote, WatchLimits(stall_s=0.2))
    file = FileToInspect[None](path=path, kind="any", size_bytes=5)
    result = await hook_runner.run(
        await start_job(queue), InspectJob(files=(file,), inspectors=(Inspector(plugin="trial"),))
    )
    assert isinstance(result, InspectFinished)


async def test_a_conversion_is_limited_by_the_wall_clock(zygote: Zygote, queue: DownloadQueue, tmp_path: Path) -> None:
    hook_runner = build_hook_runner(zygote, WatchLimits(wall_clock_s=0.2))
    with pytest.raises(DownloadTimeoutError, match="took longer"):
        await hook_runner.run(await start_job(queue), build_worker_job(tmp_path, "long.bin"))


async def test_a_silent_download_worker_is_killed(
    zygote: Zygote, queue: DownloadQueue, make_job: MakeJob, proxy: EgressProxy
) -> None:
    hook_runner = build_hook_runner(zygote, WatchLimits(stall_s=0.2))
    lease = proxy.open_lease("silent", byte_cap=1000)
    with pytest.raises(DownloadTimeoutError, match="Nothing came"):
        await hook_runner.run(
            await start_job(queue), make_job("sleep_silently", proxy_url=lease.proxy_url), lease=lease
        )
