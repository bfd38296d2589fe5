"""A deletion of a user's data is no way to a new daily limit."""

import attrs
import pytest

from boss_bot_core.access import AccessRequest, AccessService, DailyLimitError
from boss_bot_core.chat_settings.service import ChatSettingsService
from boss_bot_core.database import Database
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.privacy import DataOwner
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import MovableClock, build_new_download

ALICE, BOB, GUILD, OTHER = 7, 8, 11, 12
REQUEST = AccessRequest(user_id=ALICE, guild_id=GUILD, channel_id=1)
DAY_S = 86_400


async def request(
    database: Database, clock: MovableClock, guild_id: int = GUILD, status: DownloadStatus = DownloadStatus.QUEUED
) -> DownloadItem:
    item = attrs.evolve(to_item(build_new_download(user_id=ALICE, guild_id=guild_id), clock()), status=status)
    if item.is_finished:
        item = attrs.evolve(item, completed_at=clock())
    async with database.begin() as tx:
        return await tx.items.insert(item)


async def delete(database: Database, access: AccessService) -> None:
    async with database.begin() as tx:
        items = await tx.kept_data.list_items(DataOwner(kind="user", id=ALICE))
        await tx.kept_data.delete_items(item.id for item in items)
    await access.forget_deleted(items)


async def test_deleted_downloads_of_today_count_until_midnight(
    access: AccessService, database: Database, clock: MovableClock
) -> None:
    for _ in range(2):
        await request(database, clock)
    await request(database, clock, status=DownloadStatus.CANCELLED)
    await delete(database, access)
    assert (await access.profile(ALICE, GUILD)).today.used == 2
    assert (await access.profile(BOB, GUILD)).today.used == 0
    await request(database, clock, OTHER)
    await delete(database, access)
    with pytest.raises(DailyLimitError):
        await access.authorize(REQUEST)
    clock.advance(DAY_S)
    assert (await access.profile(ALICE, GUILD)).today.used == 0


async def test_a_server_with_its_own_limit_counts_its_own_deleted_downloads(
    access: AccessService, database: Database, clock: MovableClock, chat_settings: ChatSettingsService
) -> None:
    await chat_settings.change_guild_setting(GUILD, "daily", "2")
    for guild_id in (GUILD, OTHER, OTHER):
        await request(database, clock, guild_id)
    await delete(database, access)
    assert (await access.profile(ALICE, GUILD)).today.used == 1
    assert (await access.profile(ALICE, OTHER)).today.used == 3
