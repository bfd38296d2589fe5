"""What starts when room is short: the queue keeps its order, room is freed where it can be, and nothing is stuck."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
import pytest
import pytest_asyncio

from boss_bot_core.database import Database
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.errors import DiskFullError
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.room_admission import RoomAdmission
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.space import SpaceService
from boss_bot_core.queue import DownloadQueue, QueueLimits, StartVerdict
from boss_bot_core.storage import Quota
from boss_bot_core.testing.store.base import build_failure, build_new_download
from tests.pipeline.space import MB, build_test_space

LIMIT = Quota(temp_bytes=2 * MB + MB // 4, guild_daily_bytes=500 * MB, min_free_bytes=1)


@attrs.define
class Scene:
    """A queue whose downloads need 2 MB each, of little more room, and start with an eighth of it."""

    queue: DownloadQueue
    space: SpaceService
    folder: Path

    async def submit(self, **changes: Any) -> DownloadItem:  # noqa: ANN401 - fields of NewDownload
        new = attrs.evolve(build_new_download(), max_file_size_bytes=MB, **changes)
        return await self.queue.submit(new)

    async def claim(self) -> RunningJob | None:
        """Claim the next item and reserve its room, as the dispatcher does."""
        item = await RoomAdmission(self.queue, self.space).claim_next({"folder"})
        if item is None:
            return None
        job = RunningJob(item, self.queue.claims, EventBus())
        self.space.reserve(job)
        return job

    def write_part(self, item_id: UUID, size_bytes: int) -> Path:
        part = self.folder / "cache" / "temp" / str(item_id) / "ytdlp" / "1.mp4.part"
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(bytes(size_bytes))
        return part


@pytest_asyncio.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with Database.open(f"sqlite:///{tmp_path}/queue.db") as database:
        space = build_test_space(database, tmp_path, LIMIT)
        queue = DownloadQueue(database, QueueLimits, notify=lambda: None, judge_room=space.judge)
        yield Scene(queue, space, tmp_path)


async def test_the_second_download_waits_until_the_first_gives_its_room_back(scene: Scene) -> None:
    first, second = [await scene.submit(media_key=f"m:{number}") for number in range(2)]
    running = await scene.claim()
    assert running is not None
    assert running.item.id == first.id
    assert scene.space.book.held_bytes[first.id] == 2 * MB
    assert await scene.claim() is None
    position = await scene.queue.reader.position(second.id)
    assert position is not None
    assert position.needs_room
    scene.space.release(first.id)
    following = await scene.claim()
    assert following is not None
    assert following.item.id == second.id


async def test_a_small_download_does_not_take_the_room_that_a_larger_one_before_it_waits_for(scene: Scene) -> None:
    first = await scene.submit(media_key="m:1")
    assert await scene.claim() is not None
    large = await scene.submit(media_key="m:2")
    small = attrs.evolve(large, id=UUID(int=7), total_size=MB // 16)
    assert [scene.space.judge(item) for item in (large, small)] == [StartVerdict.HOLD, StartVerdict.START]
    await scene.queue.claims.record_progress(await scene.queue.reader.get(first.id), 1, MB // 4)
    assert await scene.claim() is None


async def test_a_download_that_paused_files_leave_no_room_for_is_passed_over_and_starts_when_nothing_runs(
    scene: Scene,
) -> None:
    paused = await scene.submit(media_key="m:1")
    await scene.queue.control.pause(paused.id)
    part = scene.write_part(paused.id, 2 * MB)
    item = await scene.submit(media_key="m:2")
    await scene.space.refresh()
    assert scene.space.judge(item) is StartVerdict.PASS_OVER
    job = await scene.claim()
    assert job is not None
    assert scene.space.book.held_bytes[item.id] == MB // 4
    assert part.exists()


async def test_what_a_failed_download_left_gives_way_to_one_that_has_no_room(scene: Scene) -> None:
    failed = await scene.submit(media_key="m:1")
    job = await scene.claim()
    assert job is not None
    await scene.queue.claims.fail(job.item, build_failure(job.item))
    scene.space.release(failed.id)
    part = scene.write_part(failed.id, 2 * MB)
    item = await scene.submit(media_key="m:2")
    assert await scene.claim() is not None
    assert not part.exists()
    assert scene.space.book.held_bytes[item.id] == 2 * MB


async def test_a_guild_waits_for_its_day_without_delaying_others(scene: Scene) -> None:
    scene.space.quota = type(scene.space.quota)(scene.space.quota._database, MB + MB // 2)
    for number in range(3):
        await scene.submit(media_key=f"m:{number}", guild_id=1 if number < 2 else 2, user_id=number)
    first = await scene.claim()
    assert first is not None
    assert first.item.guild_id == 1
    scene.space.book.shrink(first.item.id, 1)
    second = await scene.claim()
    assert second is not None
    assert second.item.guild_id == 2


async def test_a_nearly_full_disk_refuses_requests_until_there_is_room_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(scene.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=0))
    with pytest.raises(DiskFullError, match="nearly full"):
        await scene.space.check_submission(1)
    assert await scene.claim() is None
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    await scene.space.check_submission(1)
