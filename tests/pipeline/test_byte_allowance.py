"""The allowance of a worker grows with its download while there is room, and says why it ends."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import attrs
import pytest
import pytest_asyncio

from boss_bot_core.database import Database
from boss_bot_core.domain.progress import ProgressUpdate
from boss_bot_core.errors import DiskFullError, FileTooLargeError, NoRoomError, QuotaExceededError, RoomExceededError
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.space import SpaceService
from boss_bot_core.pipeline.space_watch import SpaceWatch
from boss_bot_core.pipeline.stages.byte_allowance import ByteAllowance
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.storage import Quota
from tests.bot.cards.factories import build_item
from tests.pipeline.fake_runner import build_worker
from tests.pipeline.space import MB, build_test_space

LIMIT = Quota(temp_bytes=30 * MB, guild_daily_bytes=60 * MB, min_free_bytes=1)


@attrs.define
class Scene:
    """Room of 30 MB, in which a download is assumed to need 10 MB."""

    space: SpaceService
    queue: DownloadQueue
    announced: list[None]

    def start(self, **changes: Any) -> RunningJob:  # noqa: ANN401 - fields of DownloadItem
        item = build_item(**{"id": uuid4(), **changes})
        job = RunningJob(item, self.queue.claims, EventBus())
        self.space.reserve(job)
        return job

    def allow(self, job: RunningJob, max_bytes: int = 500 * MB, present_bytes: int = 0) -> ByteAllowance:
        return ByteAllowance(self.space, job.item, max_bytes, present_bytes)


@pytest_asyncio.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    announced: list[None] = []
    async with Database.open(f"sqlite:///{tmp_path}/queue.db") as database:
        space = build_test_space(database, tmp_path, LIMIT, 5 * MB, lambda: announced.append(None))
        await space.refresh()
        yield Scene(space, DownloadQueue(database, QueueLimits, notify=lambda: None), announced)


def report(total_bytes: int | None, file_index: int = 1) -> ProgressUpdate:
    return ProgressUpdate(
        item_id=uuid4(), bytes_downloaded=1, total_bytes=total_bytes, file_index=file_index, file_count=1
    )


def test_a_download_of_unknown_size_grows_in_steps_until_the_room_ends(scene: Scene) -> None:
    allowance = scene.allow(scene.start())
    caps = [allowance.cap_bytes]
    while allowance.error is None:
        caps.append(allowance.extend(caps[-1] + 1))
    assert caps == [5 * MB, 13 * MB + 1, 21 * MB + 2, 29 * MB + 3, 30 * MB, 30 * MB]
    assert isinstance(allowance.error, RoomExceededError)


def test_room_that_others_hold_is_told_from_room_that_is_not_there(scene: Scene) -> None:
    allowance, _ = scene.allow(scene.start()), [scene.start() for _ in range(2)]
    assert allowance.extend(10 * MB + 1) == 10 * MB
    assert isinstance(allowance.error, NoRoomError)
    with pytest.raises(NoRoomError):
        allowance.check_size(report(12 * MB))
    with pytest.raises(RoomExceededError):
        allowance.check_size(report(60 * MB))


def test_an_estimate_that_is_a_little_too_large_does_not_end_a_download(scene: Scene) -> None:
    job = scene.start()
    scene.allow(job).check_size(report(31 * MB))
    assert scene.space.book.held_bytes[job.item.id] == 30 * MB


def test_a_known_size_gives_back_what_is_not_needed_and_tells_the_dispatcher(scene: Scene) -> None:
    job = scene.start()
    allowance = scene.allow(job)
    allowance.check_size(report(None))
    allowance.check_size(report(MB, file_index=0))
    assert not scene.announced
    allowance.check_size(report(MB))
    assert scene.space.book.held_bytes[job.item.id] == 2 * MB
    assert len(scene.announced) == 1


def test_what_is_on_disk_already_is_not_received_again(scene: Scene) -> None:
    allowance = scene.allow(scene.start(), present_bytes=8 * MB)
    assert allowance.cap_bytes == 2 * MB
    assert allowance.sum_up(MB).bytes_downloaded == 9 * MB


def test_the_operator_s_limit_comes_first(scene: Scene) -> None:
    allowance = scene.allow(scene.start(), max_bytes=MB)
    assert allowance.extend(MB + 1) == MB
    assert isinstance(allowance.error, FileTooLargeError)


async def test_a_guild_s_day_ends_a_download_of_its_own_guild_only(scene: Scene) -> None:
    await scene.space.quota.record(build_item(), 58 * MB)
    own, other = scene.allow(scene.start()), scene.allow(scene.start(guild_id=1))
    assert own.cap_bytes == 2 * MB
    own.extend(2 * MB + 1)
    assert isinstance(own.error, QuotaExceededError)
    other.extend(5 * MB + 1)
    assert other.error is None


def test_a_download_without_room_does_not_start(scene: Scene) -> None:
    [scene.start() for _ in range(3)]
    with pytest.raises(NoRoomError):
        scene.allow(scene.start()).check_start()
    with pytest.raises(RoomExceededError):
        scene.allow(scene.start(total_size=31 * MB)).check_start()


@pytest.mark.parametrize(
    ("free_bytes", "error"), [(10**12, NoRoomError), (0, DiskFullError)], ids=["over its room", "below the reserve"]
)
async def test_the_watch_ends_a_worker_that_writes_too_much_and_the_newest_when_the_disk_is_nearly_full(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, free_bytes: int, error: type[DiskFullError]
) -> None:
    jobs = [scene.start() for _ in range(3)]
    workers = [build_worker() for _ in jobs]
    temp = scene.space._storage.layout.temp_folder(jobs[2].item.id)
    temp.mkdir()
    (temp / "merged.mp4").write_bytes(bytes(11 * MB))
    usage = await scene.space._storage.measure_usage()
    usage = attrs.evolve(usage, temp_free_bytes=free_bytes)

    async def read_usage() -> object:
        return usage

    monkeypatch.setattr(type(scene.space._storage), "measure_usage", lambda _: read_usage())
    with jobs[0].attach_worker(workers[0]), jobs[1].attach_worker(workers[1]), jobs[2].attach_worker(workers[2]):
        await SpaceWatch(scene.space).check()
    kills = [worker.kill.call_args for worker in workers]  # type: ignore[attr-defined]  # a double
    assert kills[:2] == [None, None]
    assert type(kills[2].args[0]) is error


async def test_the_watch_lets_a_merge_have_more_room_where_there_is_some(scene: Scene) -> None:
    job = scene.start()
    temp = scene.space._storage.layout.temp_folder(job.item.id)
    temp.mkdir()
    (temp / "merged.mp4").write_bytes(bytes(11 * MB))
    await SpaceWatch(scene.space).check()
    assert scene.space.book.held_bytes[job.item.id] == 19 * MB


async def test_the_watch_ends_a_worker_for_good_that_writes_more_than_all_room(scene: Scene) -> None:
    job, worker = scene.start(), build_worker()
    temp = scene.space._storage.layout.temp_folder(job.item.id)
    temp.mkdir()
    (temp / "merged.mp4").write_bytes(bytes(31 * MB))
    with job.attach_worker(worker):
        await SpaceWatch(scene.space).check()
    assert isinstance(worker.kill.call_args.args[0], RoomExceededError)  # type: ignore[attr-defined]  # a double
