"""Tests for workers with and without network: only a worker with network must show signs of life."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from boss_bot_core.egress import AddressPolicy, EgressProxy
from boss_bot_core.errors import DownloadTimeoutError
from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.queue import DownloadQueue
from boss_bot_core.worker import PostProcessFinished, PostProcessJob, WatchLimits, Zygote
from tests.pipeline.test_running_job import queue, start_job
from tests.worker.conftest import MakeJob, build_confinement, make_job, make_zygote, plugin_site, zygote

__all__ = ["make_job", "make_zygote", "plugin_site", "queue", "zygote"]


@pytest.fixture
async def proxy() -> AsyncIterator[EgressProxy]:
    async with EgressProxy(AddressPolicy(), {}) as proxy:
        yield proxy


def build_worker_job(tmp_path: Path) -> PostProcessJob:
    source, directory = tmp_path / "long.bin", tmp_path / "out"
    source.write_bytes(b"x" * 100)
    directory.mkdir()
    return PostProcessJob(files=(source,), directory=directory, max_file_size_bytes=50)


async def test_a_worker_without_network_may_be_silent(zygote: Zygote, queue: DownloadQueue, tmp_path: Path) -> None:
    hook_runner = HookRunner(zygote, build_confinement(), WatchLimits(stall_s=0.2))
    result = await hook_runner.run(await start_job(queue), build_worker_job(tmp_path))
    assert isinstance(result, PostProcessFinished)


async def test_a_worker_without_network_is_limited_by_the_wall_clock(
    zygote: Zygote, queue: DownloadQueue, tmp_path: Path
) -> None:
    hook_runner = HookRunner(zygote, build_confinement(), WatchLimits(wall_clock_s=0.2))
    with pytest.raises(DownloadTimeoutError, match="took longer"):
        await hook_runner.run(await start_job(queue), build_worker_job(tmp_path))


async def test_a_silent_download_worker_is_killed(
    zygote: Zygote, queue: DownloadQueue, make_job: MakeJob, proxy: EgressProxy
) -> None:
    hook_runner = HookRunner(zygote, build_confinement(), WatchLimits(stall_s=0.2))
    lease = proxy.open_lease("silent", byte_cap=1000)
    with pytest.raises(DownloadTimeoutError, match="Nothing came"):
        await hook_runner.run(
            await start_job(queue), make_job("sleep_silently", proxy_url=lease.proxy_url), lease=lease
        )
