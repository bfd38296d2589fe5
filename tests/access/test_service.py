"""The access service and the chat settings service over a real database."""

import asyncio

import attrs
import pytest

from boss_bot_core.access import AccessRequest, AccessService, OperatorLimits
from boss_bot_core.access.running_limits import RunningLimits
from boss_bot_core.chat_settings.service import ChatSettingsService
from boss_bot_core.chat_settings.setting import SettingRefusedError
from boss_bot_core.database import Database, ReadUnit
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.preferences import DEFAULT_PREFERENCES, BarStyle, NotificationPreference
from boss_bot_core.domain.status import DownloadPriority, DownloadStatus
from boss_bot_core.domain.users import PermissionLevel
from boss_bot_core.errors import PermissionDeniedError, QuotaExceededError
from boss_bot_core.queue import QueueLimits
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import MovableClock, build_new_download

ALICE, BOB, GUILD, OTHER_GUILD, ROLE, CHANNEL = 10**17, 2**63 - 1, 10**18, 10**18 + 1, 10**18 + 2, 10**18 + 3
REQUEST = AccessRequest(user_id=ALICE, guild_id=GUILD, channel_id=CHANNEL)
BASE = QueueLimits()


async def insert_download(
    database: Database,
    clock: MovableClock,
    guild_id: int = GUILD,
    status: DownloadStatus = DownloadStatus.QUEUED,
) -> DownloadItem:
    item = attrs.evolve(to_item(build_new_download(user_id=ALICE, guild_id=guild_id), clock()), status=status)
    async with database.begin() as tx:
        return await tx.items.insert(attrs.evolve(item, completed_at=clock() if item.is_finished else None))


async def test_an_unknown_user_gets_the_default_limits(access: AccessService) -> None:
    grant = await access.authorize(REQUEST)
    assert grant.level is PermissionLevel.NORMAL
    assert grant.max_file_size_bytes == 50 * 1024 * 1024
    assert grant.priority is DownloadPriority.NORMAL
    assert grant.preferences == DEFAULT_PREFERENCES


async def test_the_daily_limit_applies_until_midnight(
    access: AccessService, database: Database, clock: MovableClock
) -> None:
    for guild in (GUILD, OTHER_GUILD, GUILD):
        await access.authorize(REQUEST)
        await insert_download(database, clock, guild)
    with pytest.raises(QuotaExceededError, match="your 3 downloads of today"):
        await access.authorize(REQUEST)
    today = (await access.profile(ALICE, GUILD)).today
    assert (today.used, today.allowed, today.is_used_up) == (3, 3, True)
    assert today.renews_at.isoformat() == "2026-11-23T00:00:00+00:00"
    await access.authorize(attrs.evolve(REQUEST, user_id=BOB))
    clock.advance(12 * 3600)
    await access.authorize(REQUEST)
    assert (await access.profile(ALICE)).today.used == 0


async def test_failed_and_cancelled_downloads_do_not_count_for_the_daily_limit(
    access: AccessService, database: Database, clock: MovableClock
) -> None:
    for status in (DownloadStatus.FAILED, DownloadStatus.CANCELLED, DownloadStatus.COMPLETED):
        await insert_download(database, clock, status=status)
    assert (await access.profile(ALICE)).today.used == 1


async def test_the_daily_limit_of_a_guild_counts_only_its_own_downloads(
    access: AccessService, database: Database, clock: MovableClock, chat_settings: ChatSettingsService
) -> None:
    await chat_settings.change_guild_setting(GUILD, "daily", "1")
    for _ in range(2):
        await insert_download(database, clock, OTHER_GUILD)
    await access.authorize(REQUEST)
    await insert_download(database, clock)
    with pytest.raises(QuotaExceededError):
        await access.authorize(REQUEST)
    await chat_settings.change_guild_setting(GUILD, "daily", "unlimited")
    await access.authorize(REQUEST)
    assert (await access.profile(ALICE, GUILD)).today.allowed is None
    with pytest.raises(QuotaExceededError):
        await access.authorize(attrs.evolve(REQUEST, guild_id=OTHER_GUILD))


async def test_a_denial_names_the_reason_and_the_next_step(
    access: AccessService, chat_settings: ChatSettingsService
) -> None:
    await chat_settings.change_guild_setting(GUILD, "blocked-channels", f"<#{CHANNEL}>")
    with pytest.raises(PermissionDeniedError) as caught:
        await access.authorize(REQUEST)
    assert caught.value.user_message == "Downloads are switched off in this channel. A server admin can change that."
    await access.authorize(attrs.evolve(REQUEST, guild_id=OTHER_GUILD))


async def test_preferences_of_a_user_override_those_of_the_guild(
    access: AccessService, chat_settings: ChatSettingsService
) -> None:
    await chat_settings.change_guild_setting(GUILD, "members-bar", "dots")
    await chat_settings.change_guild_setting(GUILD, "members-mention", "off")
    assert (await access.preferences(ALICE)).progress_bar_style is BarStyle.STANDARD
    assert (await access.preferences(ALICE, GUILD)).progress_bar_style is BarStyle.DOTS
    after = await chat_settings.change_user_setting(ALICE, "bar", "blocks", GUILD)
    assert after == await access.preferences(ALICE, GUILD)
    assert (after.progress_bar_style, after.mention_on_complete) == (BarStyle.BLOCKS, False)
    assert (await access.preferences(BOB, GUILD)).progress_bar_style is BarStyle.DOTS
    assert (await chat_settings.change_user_setting(ALICE, "bar", "default", GUILD)).progress_bar_style is BarStyle.DOTS


async def test_concurrent_changes_of_settings_are_all_stored(
    access: AccessService, database_url: str, chat_settings: ChatSettingsService
) -> None:
    async with Database.open(database_url) as other_database:
        other_settings = ChatSettingsService(other_database, await AccessService.open(other_database, OperatorLimits()))
        await asyncio.gather(
            chat_settings.change_user_setting(ALICE, "bar", "dots"),
            other_settings.change_user_setting(ALICE, "notifications", "none"),
            chat_settings.change_user_setting(ALICE, "retries", "5"),
            chat_settings.change_guild_setting(GUILD, "daily", "7"),
            other_settings.change_guild_setting(GUILD, "running", "4"),
            access.learn_upload_limit(GUILD, 1000),
        )
    after = await access.preferences(ALICE)
    assert (after.progress_bar_style, after.notification_level, after.max_retries) == (
        BarStyle.DOTS,
        NotificationPreference.NONE,
        5,
    )
    guild = (await access.profile(ALICE, GUILD)).guild
    assert (guild.daily_downloads_per_user, guild.max_running, guild.learnt_upload_limit_bytes) == (7, 4, 1000)


async def test_a_level_set_by_the_owner_applies_in_all_guilds(
    access: AccessService, database: Database, chat_settings: ChatSettingsService
) -> None:
    changed = await chat_settings.change_owner_setting("level", f"<@!{ALICE}> premium")
    assert (changed.user_id, changed.permission_level) == (ALICE, PermissionLevel.PREMIUM)
    for guild in (GUILD, OTHER_GUILD):
        request = attrs.evolve(REQUEST, guild_id=guild, priority=DownloadPriority.HIGH)
        assert (await access.authorize(request)).priority is DownloadPriority.HIGH
    await chat_settings.change_owner_setting("level", f"<@{ALICE}> default")
    assert (await access.authorize(REQUEST)).level is PermissionLevel.NORMAL


async def test_changed_running_limits_apply_at_once_and_after_a_restart(
    access: AccessService, database: Database, clock: MovableClock, chat_settings: ChatSettingsService
) -> None:
    assert access.queue_limits(BASE) == BASE
    await chat_settings.change_owner_setting("user-running", f"{BOB} 4")
    await chat_settings.change_guild_setting(GUILD, "running", "3")
    for service in (access, await AccessService.open(database, OperatorLimits(), clock=clock)):
        limits = service.queue_limits(BASE)
        assert (limits.get_user_limit(BOB), limits.get_user_limit(ALICE)) == (4, 2)
        assert (limits.get_guild_limit(GUILD), limits.get_guild_limit(OTHER_GUILD)) == (3, None)
    await chat_settings.change_owner_setting("user-running", f"{BOB} default")
    await chat_settings.change_guild_setting(GUILD, "running", "default")
    assert access.queue_limits(BASE) == BASE


async def test_a_changed_running_limit_notifies_the_queue(database: Database) -> None:
    wake_up = asyncio.Event()
    access = await AccessService.open(database, OperatorLimits(), on_change=wake_up.set)
    chat_settings = ChatSettingsService(database, access)
    wake_up.clear()
    await chat_settings.change_owner_setting("user-running", f"{BOB} 4")
    assert wake_up.is_set()


async def test_the_slower_of_two_refreshes_does_not_restore_old_limits(
    access: AccessService, monkeypatch: pytest.MonkeyPatch, chat_settings: ChatSettingsService
) -> None:
    read = RunningLimits.read
    readers = 0

    async def read_slowly(tx: ReadUnit) -> RunningLimits:
        nonlocal readers
        readers += 1
        found, is_first = await read(tx), readers == 1
        await asyncio.sleep(0.2 if is_first else 0)
        return found

    monkeypatch.setattr(RunningLimits, "read", read_slowly)
    first = asyncio.create_task(chat_settings.change_owner_setting("user-running", f"{BOB} 3"))
    while not readers:
        await asyncio.sleep(0.01)
    await chat_settings.change_owner_setting("user-running", f"{BOB} 4")
    await first
    assert access.queue_limits(BASE).get_user_limit(BOB) == 4


async def test_a_learned_upload_limit_expires(access: AccessService, clock: MovableClock) -> None:
    assert await access.learned_upload_limit(GUILD) is None
    await access.learn_upload_limit(GUILD, 9_000_000)
    assert await access.learned_upload_limit(GUILD) == 9_000_000
    assert await access.learned_upload_limit(OTHER_GUILD) is None
    clock.advance(7 * 86_400)
    assert await access.learned_upload_limit(GUILD) is None


async def test_clearing_a_learned_upload_limit_keeps_the_other_settings(
    access: AccessService, chat_settings: ChatSettingsService
) -> None:
    await chat_settings.change_guild_setting(GUILD, "daily", "7")
    await access.learn_upload_limit(GUILD, 9_000_000)
    await access.learn_upload_limit(GUILD, None)
    assert await access.learned_upload_limit(GUILD) is None
    assert (await access.profile(ALICE, GUILD)).guild.daily_downloads_per_user == 7


async def test_a_refused_value_changes_nothing(access: AccessService, chat_settings: ChatSettingsService) -> None:
    await chat_settings.change_user_setting(ALICE, "bar", "dots")
    for key, value in [("bar", "wavy"), ("bars", "blocks"), ("retries", "6"), ("", "")]:
        with pytest.raises(SettingRefusedError):
            await chat_settings.change_user_setting(ALICE, key, value)
    with pytest.raises(SettingRefusedError):
        await chat_settings.change_owner_setting("level", "premium")
    assert (await access.preferences(ALICE)).progress_bar_style is BarStyle.DOTS
