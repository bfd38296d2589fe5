"""Several machines on one database: each is woken by the others' changes, and has its own folders only."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import attrs
import pytest
import pytest_asyncio

from boss_bot_core.app.services import CoreServices, open_services
from boss_bot_core.database import Database
from boss_bot_core.domain.items import Destination, DownloadItem, NewDownload
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.queue.notifier import SHARED_POLL_S, QueueNotifier
from boss_bot_core.settings import load
from boss_bot_core.testing.store.base import build_new_download

DEADLINE_S = 1.0


def build_discord_download() -> NewDownload:
    return attrs.evolve(build_new_download(), destination=Destination(kind="discord", target="7"))


@pytest_asyncio.fixture
async def machines(postgres_url: str, tmp_path: Path) -> AsyncIterator[tuple[CoreServices, CoreServices]]:
    """Two data folders with one database, as two machines have them."""
    first, second = (
        load({"data_dir": str(tmp_path / name), "database_url": postgres_url}, environ={}) for name in ("a", "b")
    )
    async with open_services(first) as a, open_services(second) as b:
        yield a, b


async def wait_for(services: CoreServices, find: Callable[[list[DownloadItem]], bool]) -> None:
    """Wait as the dispatcher does: read the queue, and read it again after each wait of the notifier."""
    signal = services.notifier.subscribe()
    while not find([*(await services.queue.reader.state()).items, *await services.queue.reader.list_flagged()]):
        await signal.wait(None)


async def test_a_change_on_one_machine_wakes_the_other_within_a_second(
    machines: tuple[CoreServices, CoreServices],
) -> None:
    a, b = machines
    # A busy computer may stop a test for a second: the fastest of three wake-ups counts.
    waits_s: dict[str, list[float]] = {"submit": [], "cancel": []}
    for _ in range(3):
        waiting = asyncio.create_task(wait_for(a, lambda items: any(not item.is_running for item in items)))
        begin = time.monotonic()
        item = await b.queue.submit(build_discord_download())
        await waiting
        waits_s["submit"].append(time.monotonic() - begin)
        claimed = await a.queue.claim_next({"discord"})
        assert claimed is not None
        assert (claimed.id, claimed.machine) == (item.id, b.queue.machine)
        waiting = asyncio.create_task(wait_for(a, lambda items: any(each.cancel_requested for each in items)))
        begin = time.monotonic()
        await b.queue.control.cancel(item.id)
        await waiting
        waits_s["cancel"].append(time.monotonic() - begin)
        await a.queue.claims.cancel_running(claimed)
    assert max(min(waits) for waits in waits_s.values()) < DEADLINE_S


@pytest.mark.parametrize(("timeout_s", "earliest_s"), [(None, SHARED_POLL_S), (0.0, 0.0)])
async def test_a_listener_on_a_shared_queue_looks_again_without_a_signal(
    tmp_path: Path, timeout_s: float | None, earliest_s: float
) -> None:
    async with QueueNotifier(tmp_path, is_shared=True) as notifier:
        begin = time.monotonic()
        assert not await notifier.subscribe().wait(timeout_s)
        assert earliest_s <= time.monotonic() - begin + 0.05 < DEADLINE_S


async def test_a_download_into_a_folder_runs_only_on_its_machine(database_url: str) -> None:
    async with Database.open(database_url) as database:
        a, b, unnamed = (
            DownloadQueue(database, QueueLimits, notify=lambda: None, machine=machine) for machine in ("a", "b", None)
        )
        folder = await b.submit(build_new_download(user_id=1))
        channel = await b.submit(build_discord_download())
        old = await unnamed.submit(build_new_download(user_id=2))
        assert (await a.reader.get(folder.id)).machine == "b"
        assert [item and item.id for item in [await a.claim_next() for _ in range(3)]] == [channel.id, old.id, None]
        claimed = await b.claim_next()
        assert claimed is not None
        assert claimed.id == folder.id


async def test_a_data_folder_is_one_machine_for_good(tmp_path: Path) -> None:
    async def read_machine(folder: str) -> str | None:
        async with open_services(load({"data_dir": str(tmp_path / folder)}, environ={})) as services:
            return services.queue.machine

    same = await asyncio.gather(*(read_machine("a") for _ in range(4)))
    assert {*same, await read_machine("a")} == {same[0]}
    assert len(same[0] or "") == 32
    assert await read_machine("b") != same[0]
