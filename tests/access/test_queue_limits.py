"""The queue applies changed running limits from its next decision on."""

import pytest

from boss_bot_core.access import AccessService
from boss_bot_core.chat_settings.service import ChatSettingsService
from boss_bot_core.database import Database
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.testing.store.base import MovableClock, build_new_download

ALICE, BOB, GUILD = 10**17, 10**17 + 1, 10**18


@pytest.fixture
def queue(database: Database, access: AccessService, clock: MovableClock) -> DownloadQueue:
    base = QueueLimits()
    return DownloadQueue(database, lambda: access.queue_limits(base), notify=lambda: None, clock=clock)


async def claim_all(queue: DownloadQueue) -> list[int]:
    started = []
    while (item := await queue.claim_next()) is not None:
        started.append(item.user_id)
    return sorted(started)


async def test_the_queue_applies_the_owners_limit_for_a_user(
    access: AccessService, queue: DownloadQueue, chat_settings: ChatSettingsService
) -> None:
    for user in (ALICE, BOB) * 3:
        await queue.submit(build_new_download(user_id=user, guild_id=GUILD))
    await chat_settings.change_owner_setting("user-running", f"<@{ALICE}> 1")
    assert await claim_all(queue) == [ALICE, BOB, BOB]
    await chat_settings.change_owner_setting("user-running", f"<@{ALICE}> 3")
    assert await claim_all(queue) == [ALICE, ALICE]


async def test_the_queue_applies_the_limit_of_a_guild(
    access: AccessService, queue: DownloadQueue, chat_settings: ChatSettingsService
) -> None:
    for user in range(1, 5):
        await queue.submit(build_new_download(user_id=user, guild_id=GUILD))
    await chat_settings.change_guild_setting(GUILD, "running", "1")
    assert await claim_all(queue) == [1]
    waits = [await queue.reader.position(item.id) for item in (await queue.reader.state()).items[1:]]
    assert [wait.position for wait in waits if wait] == [1, 2, 3]
    await chat_settings.change_guild_setting(GUILD, "running", "default")
    assert await claim_all(queue) == [2, 3, 4]
